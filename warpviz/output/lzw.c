/* The codes of a GIF's picture, those that Pillow's encoder gives: gif_container.py. */

#include "../kernels.h"

#include <stdlib.h>
#include <string.h>

enum { CLEAR = 256, END = 257, FIRST = 258, MOST_CODES = 4096 };
#define KEPT 255 /* the index of a pixel that stays as it is: most do, in long runs */
#define SLOTS 15 /* bits of a place in the table: few of so many places are taken */
#define LENGTH 255 /* of a sub-block */

/* What is known of the pixels so far: a string's code by the code of all but its last pixel. */
typedef struct {
    uint32_t table[1 << SLOTS]; /* the key 8 bits of pixel below 12 of code, then the code; or 0 */
    uint16_t kept[MOST_CODES];  /* the code of 1, 2, … `longest` kept pixels: found by counting */
    uint32_t longest, next;
} Known;

/* Where codes go. It is passed by value: what stands in memory would be read anew after each byte
   that is written. */
typedef struct {
    uint8_t *to;
    uint32_t bits; /* that wait for a whole byte */
    int held, size;
} Codes;

static inline Codes put(Codes codes, uint32_t code) {
    codes.bits |= code << codes.held;
    codes.held += codes.size;
    /* Up to 7 bits waited and 12 came: no branch asks how many bytes are whole. */
    for (int k = 0; k < 3; k++) codes.to[k] = (uint8_t)(codes.bits >> 8 * k);
    codes.to += codes.held >> 3;
    codes.bits >>= codes.held & ~7;
    codes.held &= 7;
    return codes;
}

static void begin(Known *known) {
    memset(known->table, 0, sizeof known->table);
    known->kept[1] = KEPT;
    known->longest = 1;
    known->next = FIRST;
}

/* Give the string that was just put and its next pixel a code; where none is left, begin anew. */
static inline Codes learn(Known *known, Codes codes) {
    if (known->next == MOST_CODES) {
        codes = put(codes, CLEAR);
        begin(known);
        codes.size = 9;
    } else if (known->next++ == 1u << codes.size)
        codes.size++;
    return codes;
}

/* How many pixels from `row` on are kept, at most `most`. */
static inline int64_t kept_run(const uint8_t *row, int64_t most) {
    int64_t count = 0;
    for (; count + 8 <= most; count += 8) {
        uint64_t eight;
        memcpy(&eight, row + count, 8);
        if (eight == ~(uint64_t)0) continue;
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        /* The lowest bit that is not set tells: where a run ends is hard to foresee. */
        return count + __builtin_ctzll(~eight) / 8;
#else
        break;
#endif
    }
    while (count < most && row[count] == KEPT) count++;
    return count;
}

/* Returns where the codes end. */
static uint8_t *encode(Known *known, uint8_t *to, const uint8_t *pixels, int64_t height,
                       int64_t width, int64_t stride) {
    Codes codes = put((Codes){to, 0, 0, 9}, CLEAR);
    begin(known);
    uint32_t code = pixels[0];
    uint32_t run = code == KEPT; /* of how many kept pixels the string is; 0 for another string */
    int64_t x = 1;
    for (int64_t y = 0; y < height; y++, x = 0) {
        const uint8_t *row = pixels + y * stride;
        while (x < width) {
            if (run && row[x] == KEPT) {
                const int64_t more = known->longest - run, left = width - x;
                const int64_t count = kept_run(row + x, more < left ? more : left);
                if (count) {
                    run += (uint32_t)count;
                    code = known->kept[run];
                    x += count;
                    continue;
                }
                codes = put(codes, code);
                if (known->next < MOST_CODES)
                    known->kept[++known->longest] = (uint16_t)known->next;
            } else {
                const uint32_t key = code << 8 | row[x];
                uint32_t slot = (key * 2654435769u) >> (32 - SLOTS), found; /* 2³² / golden ratio */
                while ((found = known->table[slot]) && found >> 12 != key)
                    slot = (slot + 1) & ((1 << SLOTS) - 1);
                if (found) {
                    code = found & (MOST_CODES - 1);
                    run = 0;
                    x++;
                    continue;
                }
                codes = put(codes, code);
                if (known->next < MOST_CODES) known->table[slot] = key << 12 | known->next;
            }
            codes = learn(known, codes);
            code = row[x++];
            run = code == KEPT;
        }
    }
    codes = put(codes, code);
    if (known->next < MOST_CODES && known->next == 1u << codes.size) codes.size++;
    codes = put(codes, END);
    if (codes.held) *codes.to++ = (uint8_t)codes.bits;
    return codes.to;
}

int64_t compress(const uint8_t *pixels, int64_t height, int64_t width, int64_t stride,
                 uint8_t **blocks) {
    /* A code of 12 bits a pixel at most, and now and then one more: two bytes hold them. */
    const size_t room = 2 * (size_t)(height * width) + 16;
    Known *known = malloc(sizeof(Known));
    uint8_t *codes = malloc(room), *to = NULL;
    if (known && codes) {
        const size_t count = (size_t)(encode(known, codes, pixels, height, width, stride) - codes);
        to = *blocks = malloc(count + count / LENGTH + 2);
        for (size_t done = 0; to && done < count; done += LENGTH) {
            const size_t some = count - done < LENGTH ? count - done : LENGTH;
            *to++ = (uint8_t)some;
            memcpy(to, codes + done, some);
            to += some;
        }
        if (to) *to++ = 0;
    }
    free(known);
    free(codes);
    return to ? to - *blocks : 0;
}

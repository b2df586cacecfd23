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
    uint64_t bits;
    int held, size;
    uint8_t *to;
} Coder;

static inline void put(Coder *coder, uint32_t code) {
    coder->bits |= (uint64_t)code << coder->held;
    coder->held += coder->size;
    for (; coder->held >= 8; coder->held -= 8, coder->bits >>= 8) *coder->to++ = (uint8_t)coder->bits;
}

static void begin(Coder *coder) {
    memset(coder->table, 0, sizeof coder->table);
    coder->kept[1] = KEPT;
    coder->longest = 1;
    coder->next = FIRST;
    coder->size = 9;
}

/* Give the string that was just put and its next pixel a code; where none is left, begin anew. */
static inline void learn(Coder *coder) {
    if (coder->next == MOST_CODES) {
        put(coder, CLEAR);
        begin(coder);
    } else if (coder->next++ == 1u << coder->size)
        coder->size++;
}

/* How many pixels from `row` on are kept, at most `most`. */
static inline int64_t kept_run(const uint8_t *row, int64_t most) {
    int64_t count = 0;
    uint64_t eight = 0;
    for (; count + 8 <= most; count += 8) {
        memcpy(&eight, row + count, 8);
        if (eight != ~(uint64_t)0) break;
    }
    while (count < most && row[count] == KEPT) count++;
    return count;
}

static void encode(Coder *coder, const uint8_t *pixels, int64_t height, int64_t width,
                   int64_t stride) {
    uint32_t code = pixels[0];
    uint32_t run = code == KEPT; /* of how many kept pixels the string is; 0 for another string */
    int64_t x = 1;
    for (int64_t y = 0; y < height; y++, x = 0) {
        const uint8_t *row = pixels + y * stride;
        while (x < width) {
            if (run && row[x] == KEPT) {
                const int64_t known = coder->longest - run, left = width - x;
                const int64_t count = kept_run(row + x, known < left ? known : left);
                if (count) {
                    run += (uint32_t)count;
                    code = coder->kept[run];
                    x += count;
                    continue;
                }
                put(coder, code);
                if (coder->next < MOST_CODES) coder->kept[++coder->longest] = (uint16_t)coder->next;
            } else {
                const uint32_t key = code << 8 | row[x];
                uint32_t slot = (key * 2654435769u) >> (32 - SLOTS), found; /* 2³² / golden ratio */
                while ((found = coder->table[slot]) && found >> 12 != key)
                    slot = (slot + 1) & ((1 << SLOTS) - 1);
                if (found) {
                    code = found & (MOST_CODES - 1);
                    run = 0;
                    x++;
                    continue;
                }
                put(coder, code);
                if (coder->next < MOST_CODES) coder->table[slot] = key << 12 | coder->next;
            }
            learn(coder);
            code = row[x++];
            run = code == KEPT;
        }
    }
    put(coder, code);
    if (coder->next < MOST_CODES && coder->next == 1u << coder->size) coder->size++;
    put(coder, END);
    if (coder->held) *coder->to++ = (uint8_t)coder->bits;
}

int64_t compress(const uint8_t *pixels, int64_t height, int64_t width, int64_t stride,
                 uint8_t **blocks) {
    /* A code of 12 bits a pixel at most, and now and then one more: two bytes hold them. */
    const size_t room = 2 * (size_t)(height * width) + 16;
    Coder *coder = malloc(sizeof(Coder));
    uint8_t *codes = malloc(room), *to = NULL;
    if (coder && codes) {
        coder->bits = 0;
        coder->held = 0;
        coder->to = codes;
        begin(coder);
        put(coder, CLEAR);
        encode(coder, pixels, height, width, stride);
        const size_t count = (size_t)(coder->to - codes);
        to = *blocks = malloc(count + count / LENGTH + 2);
        for (size_t done = 0; to && done < count; done += LENGTH) {
            const size_t some = count - done < LENGTH ? count - done : LENGTH;
            *to++ = (uint8_t)some;
            memcpy(to, codes + done, some);
            to += some;
        }
        if (to) *to++ = 0;
    }
    free(coder);
    free(codes);
    return to ? to - *blocks : 0;
}

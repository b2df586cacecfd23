// Drives the film of this slide: it starts when its slide appears, one click a stop.
import { computed, onMounted, onUnmounted, ref, watch } from "vue";
import { useIsSlideActive, useSlideContext } from "@slidev/client";
const base = import.meta.env.BASE_URL;
const film = ref(null);
const { $clicks: clicks, $renderContext: place } = useSlideContext();
const active = useIsSlideActive();
const shown = computed(() => active.value && ["slide", "presenter"].includes(place.value));
const tell = (words) => film.value?.contentWindow?.postMessage({ warpviz: words }, "*");
const always = () => film.value.dataset.warpvizPlay === "always";
const there = ref(false);
// Where one comes back to the slide, the film stands at its stop; on paper and in previews too.
function start() {
  const stop = clicks.value;
  if (!shown.value) tell({ pause: true, step: stop });
  else if (stop) tell({ step: stop });
  else if (!always()) tell({ step: 0, play: film.value.dataset.warpvizPlay !== "no" });
}
watch(shown, (now) => (now ? start() : !always() && tell({ pause: true })));
watch(clicks, (now, before) => (shown.value ? tell(now > before ? { playTo: now, from: before } : { step: now }) : start()));
function hear({ data, source }) {
  if (!data?.warpviz || source !== film.value?.contentWindow) return;
  const { key } = data.warpviz;
  if (key) {
    window.focus();
    for (const type of ["keydown", "keyup"]) window.dispatchEvent(new KeyboardEvent(type, { key, code: key }));
  } else if (!there.value) {
    there.value = true;
    start();
  }
}
onMounted(() => {
  addEventListener("message", hear);
  tell({ tell: true });
});
onUnmounted(() => removeEventListener("message", hear));

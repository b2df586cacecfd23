/* Where a film is in time and where it goes: it plays, glides, jumps and rests. No page is needed. */

/** @import { Course } from "./player.js" */

const GLIDE = 0.4; // seconds from stop to stop by a remote
const ALMOST = 1e-9; // stops and seconds that are closer are the same

/** Play on by so many seconds: to the goal, and there rest, or begin again.
 * @param {Course} course
 * @param {number} by
 */
export function advance(course, by) {
  const { clock, acts } = course.film;
  const goal = course.until === null ? clock.seconds : course.until;
  course.seconds += by;
  if (course.seconds < goal) return;
  if (course.until === null && course.looping) {
    course.seconds %= clock.seconds;
    return;
  }
  course.seconds = course.until === null ? clock.stop(acts) : goal;
  course.ended = course.until === null || goal >= clock.stop(acts);
  course.playing = false;
  course.until = null;
}

/** Begin to play until a second, null until the end; from the end anew.
 * @param {Course} course
 * @param {number | null} until
 */
export function begin(course, until) {
  const end = course.film.clock.stop(course.film.acts);
  if (course.seconds >= end - ALMOST && until === null) course.seconds = 0;
  course.playing = true;
  course.until = until;
  course.glide = null;
  course.ended = false;
}

/** Stand still.
 * @param {Course} course
 */
export function rest(course) {
  course.playing = false;
  course.until = null;
  course.glide = null;
}

/** Be at a second of the film; whoever plays plays on from there.
 * @param {Course} course
 * @param {number} seconds
 */
export function jump(course, seconds) {
  course.seconds = Math.min(Math.max(seconds, 0), course.film.clock.seconds);
  course.glide = null;
  course.ended = false;
}

/** Begin to glide to a stop; from a glide under way the next one starts at its goal.
 * @param {Course} course
 * @param {number} stop
 * @param {number} now in ms
 */
export function glide(course, stop, now) {
  if (course.glide) course.seconds = course.glide.to;
  rest(course);
  course.glide = { from: course.seconds, to: course.film.clock.stop(stop), began: now };
}

/** Go on gliding.
 * @param {Course} course
 * @param {number} now in ms
 */
export function glideOn(course, now) {
  if (!course.glide) return;
  const { from, to, began } = course.glide;
  const part = Math.min((now - began) / (1000 * GLIDE), 1);
  course.seconds = part < 1 ? from + (to - from) * part : to;
  if (part === 1) course.glide = null;
}

/** Where a film is, counted in stops.
 * @param {Course} course
 */
export function stepOf({ film, seconds }) {
  return film.step(film.clock.at(seconds));
}

/** Whether a film rests at a stop.
 * @param {Course} course
 */
export function atStop(course) {
  const step = stepOf(course);
  return Math.abs(step - Math.round(step)) < ALMOST;
}

/** The stop before (−1) or after (1) where a film is.
 * @param {Course} course
 * @param {number} by
 */
export function neighbour(course, by) {
  const step = stepOf(course);
  const near = by > 0 ? Math.floor(step + ALMOST) + 1 : Math.ceil(step - ALMOST) - 1;
  return Math.min(Math.max(near, 0), course.film.acts);
}

/** Where a remote leads: from a glide under way, beyond its goal.
 * @param {Course} course
 * @param {number} by
 */
export function onward(course, by) {
  if (!course.glide) return neighbour(course, by);
  const stop = course.film.clock.nearest(course.glide.to);
  return Math.min(Math.max(stop + by, 0), course.film.acts);
}

/** Whether a stop is still to come.
 * @param {Course} course
 * @param {number} stop
 */
export function ahead({ film, seconds }, stop) {
  return film.clock.stop(stop) > seconds + ALMOST;
}

/** Whether a film is on its way from a stop to a later one: it plays to a goal that somebody set,
 * or stands in between. What plays by itself is on its own way.
 * @param {Course} course
 * @param {number} from
 * @param {number} stop
 */
export function onTheWay(course, from, stop) {
  if (!ahead(course, stop)) return false;
  return course.playing ? course.until !== null : course.seconds >= course.film.clock.stop(from) - ALMOST;
}

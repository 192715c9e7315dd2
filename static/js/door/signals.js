/** What can be heard and felt: a different tone and vibration for each answer. */

/** @type {Record<string, {tones: number[], shake: number[]}>} */
const SIGNALS = {
  green: { tones: [880, 1320], shake: [60] },
  amber: { tones: [600, 600], shake: [80, 60, 80] },
  grey: { tones: [880, 600], shake: [40, 40, 40] },
  red: { tones: [220, 180], shake: [300, 80, 300] },
};
const TONE_SECONDS = 0.12;

export class Signals {
  sounding = true;
  /** @type {AudioContext|null} */
  #audio = null;

  /** @param {import("./screen.js").Look} look */
  tell(look) {
    const { tones, shake } = SIGNALS[look];
    navigator.vibrate?.(shake);
    if (this.sounding) tones.forEach((tone, place) => this.#tone(tone, place * TONE_SECONDS * 1.3));
  }

  /** @param {number} pitch @param {number} wait */
  #tone(pitch, wait) {
    this.#audio ??= new AudioContext();
    if (this.#audio.state === "suspended") void this.#audio.resume();
    const start = this.#audio.currentTime + wait;
    const tone = this.#audio.createOscillator();
    const volume = this.#audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + TONE_SECONDS);
    tone.connect(volume).connect(this.#audio.destination);
    tone.start(start);
    tone.stop(start + TONE_SECONDS);
  }
}

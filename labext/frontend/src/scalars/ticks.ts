/** Round places for the marks of an axis. */

/** Round numbers (1, 2 or 5 times a power of ten) from `from` to `to`, about `count` of them. */
export function linearTicks(from: number, to: number, count: number): number[] {
  if (!(to > from)) return [from];
  const step = roundStep((to - from) / Math.max(1, count));
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => exact((first + index) * step, step));
}

/** Powers of ten, with 2 and 5 between them where there are few; linear ticks below one decade. */
export function logTicks(from: number, to: number, count: number): number[] {
  const decades = Math.log10(to) - Math.log10(from);
  if (!(from > 0) || decades < 0.7) return linearTicks(from, to, count).filter((tick) => tick > 0);
  const factors = decades <= count / 3 ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil(decades / count));
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.log10(to) + 1e-9; power++) {
    if (power % stride !== 0) continue;
    for (const factor of factors) ticks.push(Number(`${factor}e${power}`));
  }
  return ticks.filter((tick) => tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9));
}

/** Whole steps only: there is no step 2.5. */
export function stepTicks(from: number, to: number, count: number): number[] {
  return linearTicks(from, to, Math.min(count, Math.max(1, to - from))).filter(Number.isInteger);
}

const TIME_STEPS_S = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600,
  7200, 10800, 21600, 43200, 86400,
];

/** Round times in seconds. */
export function timeTicks(from: number, to: number, count: number): number[] {
  const wanted = (to - from) / Math.max(1, count);
  const step = TIME_STEPS_S.find((candidate) => candidate >= wanted) ?? 86400 * Math.ceil(wanted / 86400);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => exact((first + index) * step, step));
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Takes 0.30000000000000004 back to 0.3. */
function exact(value: number, step: number): number {
  const digits = Math.max(0, -Math.floor(Math.log10(step)) + 1);
  return Number(value.toFixed(Math.min(20, digits)));
}

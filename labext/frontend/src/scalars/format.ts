/** Numbers and times as people read them. */

/** A value to `digits` significant digits; `NaN`, `∞` and `−∞` as such. */
export function formatValue(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) return value.toExponential(digits - 1).replace(/\.?0+e\+?/, "e").replace("-", "−");
  if (size >= 10 ** (digits - 1)) return withThousands(Math.round(value));
  return value.toPrecision(digits).replace("-", "−");
}

/** A mark of an axis, without digits that say nothing. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  if (value === 0) return "0";
  if (size >= 1e6 || size < 1e-4) return value.toExponential().replace("e+", "e").replace("-", "−");
  return withThousands(Number(value.toPrecision(12)));
}

/** A whole number with a comma between thousands. */
export function withThousands(value: number): string {
  const [whole = "0", fraction] = String(Math.abs(value)).split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  return (value < 0 ? "−" : "") + grouped + (fraction === undefined ? "" : `.${fraction}`);
}

/** A duration: `250 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  const size = Math.abs(seconds);
  if (size === 0) return "0 s";
  if (size < 1) return `${Number((seconds * 1000).toPrecision(3))} ms`;
  if (size < 60) return `${Number(seconds.toPrecision(3))} s`;
  const whole = Math.round(size);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const sign = seconds < 0 ? "−" : "";
  if (hours > 0) return `${sign}${hours} h${minutes > 0 ? ` ${minutes} min` : ""}`;
  return `${sign}${minutes} min${rest > 0 ? ` ${rest} s` : ""}`;
}

/** The time of day of a Unix time, `14:05:09`, or `14:05:09.25` between seconds. */
export function formatClock(unixS: number): string {
  const date = new Date(Math.round(unixS * 1000));
  const pad = (part: number, digits = 2): string => String(part).padStart(digits, "0");
  const fraction = `.${pad(date.getMilliseconds(), 3)}`.replace(/\.?0+$/, "");
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}${fraction}`;
}

/** What a bare V8 lacks of a browser: decoding of texts. Import this before anything that decodes. */

/** An engine's stack holds so many arguments. */
const MAX_ARGUMENTS = 8192;

class Utf8Decoder {
  decode(bytes: Uint8Array): string {
    let text = "";
    for (let at = 0; at < bytes.length; ) {
      const end = endOfAscii(bytes, at);
      if (end > at) {
        // Several times faster than to spread the codes, or to take one after the other.
        text += String.fromCharCode.apply(null, bytes.subarray(at, end) as unknown as number[]);
        at = end;
        continue;
      }
      const first = bytes[at++] ?? 0;
      const length = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
      let code = first & (0x3f >> length);
      for (let rest = 0; rest < length; rest++) code = (code << 6) | ((bytes[at++] ?? 0) & 0x3f);
      text += code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
    }
    return text;
  }
}

function endOfAscii(bytes: Uint8Array, start: number): number {
  const limit = Math.min(bytes.length, start + MAX_ARGUMENTS);
  let end = start;
  while (end < limit && (bytes[end] ?? 0) < 0x80) end++;
  return end;
}

const scope = globalThis as { TextDecoder?: unknown };
scope.TextDecoder ??= Utf8Decoder;

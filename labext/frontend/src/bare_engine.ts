/** What a bare V8 lacks of a browser: decoding of texts. Import this before anything that decodes. */

class Utf8Decoder {
  decode(bytes: Uint8Array): string {
    let text = "";
    for (let at = 0; at < bytes.length; ) {
      const first = bytes[at++] ?? 0;
      if (first < 0x80) {
        text += String.fromCharCode(first);
        continue;
      }
      const length = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
      let code = first & (0x3f >> length);
      for (let rest = 0; rest < length; rest++) code = (code << 6) | ((bytes[at++] ?? 0) & 0x3f);
      text += code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
    }
    return text;
  }
}

const scope = globalThis as { TextDecoder?: unknown };
scope.TextDecoder ??= Utf8Decoder;

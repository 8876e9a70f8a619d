import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { CHINESE } from "./chinese.ts";
import { speak, tr } from "./language.ts";

const SOURCES = join(import.meta.dirname, "..");

afterEach(() => speak("en"));

test("English is spoken unless Chinese is asked for", () => {
  assert.equal(tr("step {step}", { step: 3 }), "step 3");
  for (const language of ["zh", "zh-CN", "zh_CN", "ZH-Hans"]) {
    speak(language);
    assert.equal(tr("step {step}", { step: 3 }), "第 3 步");
  }
  for (const language of ["", "fr", "zhx"]) {
    speak(language);
    assert.equal(tr("Fit"), "Fit");
  }
});

test("an empty choice leaves it to the page", () => {
  const page = globalThis as { document?: unknown };
  page.document = { documentElement: { lang: "zh-CN" } };
  speak("");
  delete page.document;
  assert.equal(tr("Fit"), "适应窗口");
});

test("translations have the places of their messages, and Chinese words", () => {
  const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [message, text] of Object.entries(CHINESE)) {
    assert.deepEqual(places(text), places(message), message);
    assert.match(text.replace(/\{\w+\}/g, ""), /[\u4e00-\u9fff]|^\S* 至|\//, message);
  }
});

test("no translation is stale: each message stands in a source", () => {
  const isSource = (name: string): boolean => name.endsWith(".ts") && !name.endsWith(".test.ts") && !name.endsWith("chinese.ts");
  const names = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter(isSource);
  const code = names.map((name) => readFileSync(join(SOURCES, name), "utf8")).join("\n");
  for (const message of Object.keys(CHINESE)) assert.ok(code.includes(JSON.stringify(message)), message);
});

// A browser, pages in it, and what every page must keep to.
import { createRequire } from "node:module";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

export const site = process.env.HUIZHI_SITE ?? "http://127.0.0.1:8300";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const wide = { width: 1440, height: 900 };
export const narrow = { width: 390, height: 844 };

let shared;
export const browser = async () => {
  shared ??= chromium.launch({
    executablePath: process.env.HUIZHI_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return shared;
};
export const close = async () => (await shared)?.close();

// A page in a context of its own, in a language. Whatever it logs as an error, or asks from elsewhere, fails the test.
export const visit = async (path, { lang = "zh", viewport = wide, script = true, dark = false, at = site } = {}) => {
  const context = await (await browser()).newContext({
    viewport,
    javaScriptEnabled: script,
    locale: lang === "zh" ? "zh-CN" : "en-GB",
    colorScheme: dark ? "dark" : "light",
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(at) && !request.url().startsWith("data:")) complaints.push(`elsewhere: ${request.url()}`);
  });
  await page.goto(at + path);
  return {
    page,
    async leave() {
      await context.close();
      assert.deepEqual(complaints, [], "the page complained");
    },
  };
};

// Somebody of the demonstration, at a page.
export const as = async (who, path = "/account", options = {}) => {
  const seen = await visit(`/sign-in?to=${encodeURIComponent(path)}`, options);
  seen.page.setDefaultTimeout(10_000);
  await seen.page.getByRole("button", { name: who }).first().click();
  await seen.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  return seen;
};

// What the page says.
export const main = async (page) => page.locator("main").innerText();

// A site of one's own over a folder, on a day: what waits for days to pass is met by opening it again later.
export const opened = async (folder, day) => {
  const given = ["demo", "--data", folder, "--rights", "200", "--day", day, "--listen", "127.0.0.1:0", "--lang", "en"];
  const child = spawn(process.env.HUIZHI_PROGRAM, given, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.trim().startsWith("http://127.0.0.1:")) {
      child.stdout.resume();
      const stopped = async () => {
        if (child.exitCode !== null) return;
        child.kill("SIGTERM");
        await once(child, "exit");
      };
      return { at: line.trim(), stopped };
    }
  }
  throw new Error("the site did not open");
};

// WCAG 2.2 AA by axe-core, and no sideways scrolling of the page as a whole.
export const accessible = async (page) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  const told = violations.flatMap(({ id, nodes }) => nodes.slice(0, 5).map(({ target, failureSummary }) => `${id}: ${target.join(" ")}\n${failureSummary}`));
  assert.deepEqual(told, [], "accessibility");
  const spill = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(spill <= 0, `the page scrolls sideways by ${spill} pixels`);
};

// The number in a text such as «1,234 项权利».
export const number = (text) => Number(text.replace(/[^0-9]/g, ""));

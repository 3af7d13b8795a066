// Makes the pictures of docs/pictures from a running demonstration: HUIZHI_SITE=http://127.0.0.1:8300 node pictures.mjs
import { mkdirSync } from "node:fs";
import { close, narrow, visit, wide } from "./site.mjs";

const folder = new URL("../docs/pictures/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });

const firstRight = async (query) => {
  const { page, leave } = await visit(`/search?q=${encodeURIComponent(query)}`);
  const href = await page.locator('a[href^="/rights/"]').first().getAttribute("href");
  await leave();
  return href;
};

const patent = await firstRight("石墨烯 电池");
const pictures = [
  ["home-zh", "/", "zh", wide],
  ["search-zh", "/search?q=%E7%94%B5%E6%B1%A0", "zh", wide],
  ["search-en-narrow", "/search?q=battery", "en", narrow],
  ["marks-en", "/search?q=right%3Dtrademark&view=gallery", "en", wide],
  ["right-zh", patent, "zh", wide],
  ["analysis-zh", "/analysis?q=%E7%94%B5%E6%B1%A0", "zh", { width: 1440, height: 1500 }],
  ["network-zh", "/network", "zh", wide],
  ["service-zh", "/services/B02", "zh", wide],
  ["service-en-narrow", "/services/B02", "en", narrow],
  ["analysis-en-narrow", "/analysis?q=battery", "en", narrow],
];

// Pages for those who have a role: who of the demonstration looks at them.
const inside = [
  ["desk-zh", "/desk", "李演示"],
  ["overview-zh", "/governance", "钱演示"],
  ["plan-matrix-zh", "/governance/plans", "钱演示", async (page) => {
    await page.locator('main a[href^="/governance/plans/0"]').first().click();
    await page.goto(`${page.url().split("?")[0]}/matrix`);
  }],
  ["indicators-zh", "/governance/indicators", "钱演示"],
  ["assessment-zh", "/governance/assessments", "钱演示", async (page) => {
    await page.getByRole("link", { name: /实力状况评价/ }).first().click();
  }],
];

for (const [name, path, who, further] of inside) {
  const { page, leave } = await visit(`/sign-in?to=${encodeURIComponent(path)}`, { viewport: { width: 1440, height: 1100 } });
  await page.getByRole("button", { name: who }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  if (further) await further(page);
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: `${folder}${name}.png` });
  await leave();
}

for (const [name, path, lang, viewport] of pictures) {
  const { page, leave } = await visit(path, { lang, viewport });
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: `${folder}${name}.png` });
  await leave();
}
await close();

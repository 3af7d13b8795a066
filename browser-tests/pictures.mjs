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
  ["analysis-en-narrow", "/analysis?q=battery", "en", narrow],
];

for (const [name, path, lang, viewport] of pictures) {
  const { page, leave } = await visit(path, { lang, viewport });
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: `${folder}${name}.png` });
  await leave();
}
await close();

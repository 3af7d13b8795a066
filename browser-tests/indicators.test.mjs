// Indicators by those who enter, review and keep them: axe-core finds nothing, and a value goes from a city to everyone.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { as, accessible, close, narrow, visit, wide } from "./site.mjs";

after(close);

const pages = {
  江演示: ["/governance/indicators", "/governance/indicators/mine", "/governance/indicators/import"],
  钱演示: [
    "/governance/indicators/review",
    "/governance/indicators/completeness",
    "/governance/indicators/X-LOCAL",
    "/governance/indicators/X-SERVICE/edit",
  ],
};

for (const [who, paths] of Object.entries(pages)) {
  test(`pages of indicators of ${who} are accessible`, async () => {
    for (const [viewport, dark] of [[wide, false], [narrow, true]]) {
      const { page, leave } = await as(who, paths[0], { viewport, dark });
      for (const path of paths) {
        await page.goto(new URL(path, page.url()).href);
        await accessible(page);
      }
      await leave();
    }
  });
}

test("a city enters a value, its province returns it, it is mended and accepted, and everyone reads it", async () => {
  const city = await as("江演示", "/governance/indicators/mine?period=2023-Q1");
  const address = city.page.url();
  const value = city.page.locator("#n-T-SESSIONS");
  if ((await value.count()) === 0) return city.leave(); // entered by an earlier run
  await value.fill("41");
  await city.page.getByRole("button", { name: "保存并报送" }).click();
  await city.page.getByText("已报送，等待上级审核").waitFor();

  const province = await as("方演示", "/governance/indicators/review");
  const mine = province.page.locator("section", { hasText: "2023 年第 1 季度" });
  await mine.getByText("退回所选").click();
  await mine.getByLabel("退回理由").fill("请核对场次");
  await mine.getByRole("button", { name: /^退回 / }).click();
  await province.page.getByText("已退回 1 个数值").waitFor();

  await city.page.goto(address);
  assert.match(await city.page.locator("main").innerText(), /请核对场次/);
  await value.fill("42");
  await city.page.getByRole("button", { name: "保存并报送" }).click();
  await province.page.goto(new URL("/governance/indicators/review", province.page.url()).href);
  await province.page.locator("section", { hasText: "2023 年第 1 季度" }).getByRole("button", { name: /^审定所选/ }).click();
  await province.page.getByText("已审定 1 个数值").waitFor();

  await city.page.goto(address);
  await city.page.getByRole("link", { name: "举办培训场次", exact: true }).click();
  const open = await visit(new URL(city.page.url()).pathname + new URL(city.page.url()).search);
  assert.match(await open.page.locator(".indicator-number").innerText(), /42/);
  await open.leave();
  await city.leave();
  await province.leave();
});

// An assessment from its scheme to the published score: what has days of its own is met again on a later day.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { as, close, main, opened, visit } from "./site.mjs";

after(close);

const NATION = "钱演示";
const CITY = "江演示";
const UNIT = "深圳市知识产权演示管理处";

// Takes one of the steps that the keeper is offered.
const step = async (page, name, until) => {
  const form = page.locator(".assessment-steps form", { has: page.getByRole("heading", { name }) });
  if (until) await form.locator('[name="until"]').fill(until);
  await form.getByRole("button", { name }).click();
  await page.waitForLoadState();
  assert.equal(await page.locator(".warn[role=alert]").count(), 0, await main(page));
};

// The keeper opens an assessment of one city, calls two experts and asks the city for its figures.
const begin = async (at) => {
  const { page, leave } = await as(NATION, "/governance/assessments/new", { at });
  await page.locator('select[name="scheme"]').selectOption("city-effort@1");
  await page.getByRole("button", { name: "选定" }).click();
  await page.locator('[name="title_zh"]').fill("示范城市工作补充考核");
  for (const tick of await page.locator('input[name="units"]').all()) await tick.uncheck();
  await page.getByLabel(UNIT).check();
  await page.getByRole("button", { name: "建立考核" }).click();
  await page.waitForURL(/\/assessments\/[0-9A-Z]{26}$/);
  const address = new URL(page.url()).pathname;
  for (const expert of ["沈演示", "韦演示"]) {
    await page.goto(`${at}${address}/reviewers`);
    const choice = await page.locator('select[name="person"] option', { hasText: expert }).getAttribute("value");
    await page.locator('select[name="person"]').selectOption(choice);
    await page.getByLabel(UNIT).check();
    await page.getByRole("button", { name: "邀请" }).click();
    await page.waitForLoadState();
  }
  await page.goto(at + address);
  await step(page, "请单位自评", "2026-06-12");
  await leave();
  return address;
};

// The city hands its figures in: everything that it is asked for.
const hand_in = async (at, address) => {
  const { page, leave } = await as(CITY, address, { at });
  await page.getByRole("link", { name: /本单位/ }).click();
  await page.getByRole("link", { name: "填报自评" }).click();
  for (const select of await page.locator('select[name^="v-"]').all()) await select.selectOption("1");
  await page.locator('select[name="v-plan-missing"]').selectOption("0");
  for (const field of await page.locator('input[name^="v-"]').all()) await field.fill("4");
  for (const field of await page.locator('textarea[name^="n-"]').all()) await field.fill("台账可查。");
  for (const field of await page.locator('input[name^="b-"]').all()) await field.fill("3");
  await page.locator('textarea[name="words"]').fill("九项任务已列入工作方案，按季推进。");
  await page.getByRole("button", { name: "提交自评" }).click();
  await page.waitForLoadState();
  assert.match(await main(page), /自评提交于|已提交于/, await main(page));
  await leave();
};

const mark = async (at, address, expert, points) => {
  const { page, leave } = await as(expert, `${address}/review`, { at });
  await page.getByRole("link", { name: UNIT }).click();
  for (const field of await page.locator('input[name^="m-"]').all()) await field.fill(points);
  await page.getByRole("button", { name: "保存打分" }).click();
  await page.waitForLoadState();
  await leave();
};

const total = async (page) => Number(await page.locator("ul.figures strong").first().innerText());

test("a city is assessed, objects, and the published score shows its arithmetic", async () => {
  const folder = mkdtempSync(join(tmpdir(), "huizhi-publication-"));
  let site;
  try {
    site = await opened(folder, "2026-06-10");
    const address = await begin(site.at);
    await hand_in(site.at, address);
    let keeper = await as(NATION, address, { at: site.at });
    await step(keeper.page, "开始评审", "2026-06-13");
    await mark(site.at, address, "沈演示", "80");
    await mark(site.at, address, "韦演示", "90");
    await keeper.page.goto(site.at + address);
    await step(keeper.page, "形成初步结果");
    await step(keeper.page, "告知单位并受理异议", "2026-06-17");
    await keeper.leave();

    // The city sees how its score came, and objects to the figure of one item.
    const city = await as(CITY, address, { at: site.at });
    await city.page.getByRole("link", { name: /本单位/ }).click();
    const before = await total(city.page);
    await city.page.getByRole("link", { name: "提出异议" }).click();
    await city.page.locator('select[name="item"]').selectOption("standard-firms");
    await city.page.locator('input[name="wanted"]').fill("10");
    await city.page.locator('textarea[name="reasons"]').fill("漏计六家贯标企业，名单见附件。");
    await city.page.getByRole("button", { name: "提交异议" }).click();
    await city.page.waitForURL(/\/objections\//);
    const objection = new URL(city.page.url()).pathname;
    await city.leave();

    keeper = await as(NATION, objection, { at: site.at });
    const { page } = keeper;
    await page.locator('select[name="decision"]').selectOption("upheld");
    await page.locator('input[name="value"]').fill("10");
    await page.locator('textarea[name="reason"]').fill("已核对名单，予以更正。");
    await page.getByRole("button", { name: "决定" }).click();
    await page.waitForLoadState();
    assert.match(await main(page), /已核对名单/);

    // Nobody can cut the days of objection short.
    await page.goto(site.at + address);
    await page.getByRole("button", { name: "公布结果" }).click();
    await page.waitForLoadState();
    assert.match(await page.locator(".warn[role=alert]").innerText(), /期满后方可进行/);
    await keeper.leave();
    await site.stopped();

    // Eight days later it is published, with its arithmetic.
    site = await opened(folder, "2026-06-18");
    keeper = await as(NATION, address, { at: site.at });
    const publish = keeper.page.locator(".assessment-steps form", { has: keeper.page.getByRole("heading", { name: "公布结果" }) });
    await publish.locator('[name="arithmetic"]').check();
    await step(keeper.page, "公布结果");
    await keeper.leave();

    const visitor = await visit("/governance/assessments", { at: site.at });
    await visitor.page.getByRole("link", { name: "示范城市工作补充考核" }).click();
    await visitor.page.getByRole("link", { name: UNIT }).first().click();
    const shown = await main(visitor.page);
    assert.match(shown, /总分怎样得来/);
    assert.match(await visitor.page.locator("#i-standard-firms").innerText(), /10/);
    // Four of ten firms gave 40 of 100 for a weight of 7; ten give all.
    assert.ok(Math.abs((await total(visitor.page)) - before - 4.2) < 0.011, `${before} → ${await total(visitor.page)}`);
    assert.match(shown, /已重新计算，与保存的结果一致/);
    await visitor.leave();
  } finally {
    await site?.stopped();
    rmSync(folder, { recursive: true, force: true });
  }
});

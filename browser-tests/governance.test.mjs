// A plan, its reports, indicators and the yearly report, by the administrations that take part.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { as, close, main } from "./site.mjs";

after(close);

const NATION = "钱演示";
const PROVINCE = "方演示";
const CITY = "江演示";

// Writes a report on the first task that waits for one, submits it, and gives its address.
const report = async (who, words) => {
  const seen = await as(who, "/governance/plans/mine");
  const { page } = seen;
  await page.locator("section[aria-labelledby=due] tbody tr", { hasText: "尚未报送" }).locator("a").first().click();
  await page.getByRole("link", { name: "填报进展" }).click();
  await tell(page, words, "40");
  await page.getByRole("button", { name: "报送上级" }).click();
  await page.waitForLoadState();
  assert.match(await main(page), /待审核/, await main(page));
  const address = new URL(page.url()).pathname;
  await seen.leave();
  return address;
};

// Fills the form of a report and keeps it.
const tell = async (page, words, percent) => {
  await page.locator('form.keep-form [name="progress"]').first().waitFor();
  await page.locator('select[name="progress"]').selectOption("under-way");
  await page.locator('input[name="percent"]').fill(percent);
  await page.locator('textarea[name="words"]').fill(words);
  await page.getByRole("button", { name: "保存草稿" }).click();
  await page.waitForURL(/\/governance\/plans\/reports\/[0-9A-Z]{26}$/);
};

const decide = async (who, address, act, reason = "") => {
  const seen = await as(who, address);
  if (reason) await seen.page.locator('textarea[name="reason"]').fill(reason);
  await seen.page.getByRole("button", { name: act, exact: true }).click();
  await seen.page.waitForLoadState();
  const told = await main(seen.page);
  await seen.leave();
  return told;
};

test("a plan is opened, a province and a city report, one is returned and mended", async () => {
  const nation = await as(NATION, "/governance/plans");
  const { page } = nation;
  await page.getByRole("link", { name: /推动知识产权高质量发展年度工作指引（2026）/ }).click();
  assert.match(await page.locator("h1").innerText(), /年度工作指引/);
  await page.getByRole("link", { name: "任务矩阵" }).or(page.getByRole("link", { name: "矩阵" })).first().click();
  await page.waitForURL(/\/matrix/);
  assert.ok((await page.locator("table.matrix a[href*='/cell?']").count()) > 100, "every cell opens its reports");
  await nation.leave();

  const province = await report(PROVINCE, "已与重点产业部门建立会商机制，形成年度清单。");
  assert.match(await decide(NATION, province, "退回", "请补充会商次数和成果。"), /请补充会商次数和成果/);
  const mending = await as(PROVINCE, province);
  assert.match(await main(mending.page), /退回/);
  await mending.page.getByRole("link", { name: "修改内容" }).click();
  await tell(mending.page, "已会商 4 次，形成产业专利清单 12 份。", "55");
  await mending.page.getByRole("button", { name: "报送上级" }).click();
  await mending.page.waitForLoadState();
  await mending.leave();
  assert.match(await decide(NATION, province, "通过"), /已审定|已通过/);

  const city = await report(CITY, "已完成三家企业的备案辅导。");
  assert.match(await decide(PROVINCE, city, "通过"), /已审定|已通过/);

  // What was accepted is locked, and a city does not accept its own.
  const locked = await as(CITY, city);
  assert.equal(await locked.page.getByRole("link", { name: "修改内容" }).count(), 0);
  await locked.leave();
});

test("an indicator computed from rights and one that was entered show on the overview", async () => {
  const seen = await as(PROVINCE, "/governance");
  const { page } = seen;
  const trends = page.locator(".trends figcaption a");
  const names = await trends.allInnerTexts();
  assert.ok(names.includes("维持十年以上的有效发明专利") && names.includes("举办培训场次"), names.join());
  await trends.filter({ hasText: "维持十年以上的有效发明专利" }).click();
  await page.waitForURL(/\/governance\/indicators\/R-INV-10Y/);
  assert.match(await main(page), /计算|来源/);
  const list = page.locator('main a[href^="/search?"]').first();
  await list.click();
  await page.waitForURL(/\/search\?/);
  assert.match(await main(page), /项权利|项/);
  await seen.leave();
});

test("the yearly report downloads as a Word file that opens", async () => {
  const seen = await as(NATION, "/governance/yearly?year=2026");
  const { page } = seen;
  assert.match(await page.locator("h1").innerText(), /2026 年知识产权公共服务发展报告/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "下载 Word" }).click()]);
  const folder = mkdtempSync(join(tmpdir(), "huizhi-yearly-"));
  try {
    const file = join(folder, "yearly.docx");
    await download.saveAs(file);
    assert.equal(readFileSync(file).subarray(0, 2).toString(), "PK");
    // Where LibreOffice is installed it opens the file, and the tables are in it.
    if (spawnSync("soffice", ["--version"]).status === 0) {
      const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
      execFileSync("soffice", [profile, "--headless", "--convert-to", "html", "--outdir", folder, file], { timeout: 120_000 });
      const html = readFileSync(join(folder, readdirSync(folder).find((name) => name.endsWith(".html"))), "utf8");
      assert.ok((html.match(/<table/gi) ?? []).length >= 6, "its tables are there");
      assert.match(html, /计划任务/);
      assert.match(html, /服务网络/);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  await seen.leave();
});

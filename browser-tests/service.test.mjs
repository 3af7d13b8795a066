// A request from the outlet that is found to the rating that is followed up, by all who take part.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { as, close } from "./site.mjs";

after(close);

// Fills whatever a step of a request form needs, whichever service it is.
const fill = async (page) => {
  const needed = page.locator('form.keep-form .field:has(label:has-text("(必填)"))');
  for (const input of await needed.locator("input:not([type]), input[type=text], textarea").all()) {
    if ((await input.isVisible()) && (await input.inputValue()) === "") await input.fill("固态电池隔膜");
  }
  const radios = await page.locator("form.keep-form input[type=radio]:visible").evaluateAll((all) => all.map(({ name }) => name));
  for (const name of new Set(radios)) {
    const choices = page.locator(`form.keep-form input[name="${name}"]`);
    // The answer that asks for nothing more.
    const last = /reply|warned/.test(name);
    if (!(await choices.evaluateAll((all) => all.some(({ checked }) => checked)))) await choices.nth(last ? -1 : 0).check();
  }
  for (const select of await page.locator("form.keep-form select").all()) {
    if ((await select.isVisible()) && (await select.inputValue()) === "") await select.selectOption({ index: 1 });
  }
  for (const box of await page.locator("form.keep-form input[type=checkbox]").all()) if (await box.isVisible()) await box.check();
};

test("a request is made, worked, delivered, rated badly and followed up, and the trail shows it", async () => {
  const client = await as("周示范", "/network?q=%E6%B8%9D%E4%B8%AD");
  const { page } = client;

  // An outlet is found, a guide read, a request begun.
  await page.locator(".outlet h3 a").first().click();
  await page.waitForURL(/\/network\/[0-9A-Z]{26}/);
  const outlet = new URL(page.url()).pathname.split("/").pop();
  await page.goto(new URL("/services/B03", page.url()).href);
  assert.match(await page.locator("h1").innerText(), /风险防控/);
  await page.goto(new URL(`/cases/new?item=B03&outlet=${outlet}`, page.url()).href);
  await page.getByRole("button", { name: "开始填写" }).click();
  await page.waitForURL(/\/cases\/drafts\//);
  for (let step = 0; step < 12 && !page.url().includes("/review"); step += 1) {
    await fill(page);
    const file = page.locator("form.keep-form input[type=file]").first();
    if ((await file.count()) > 0) {
      await file.setInputFiles({ name: "说明.txt", mimeType: "text/plain", buffer: Buffer.from("隔膜的主要特征。") });
    }
    await page.getByRole("button", { name: "保存并继续" }).click();
    await page.waitForLoadState();
  }
  assert.match(page.url(), /\/review/, await page.locator("main").innerText());
  await page.locator("#f-heading").fill("隔膜侵权风险检索");
  await page.getByRole("button", { name: "提交需求" }).click();
  await page.waitForURL(/\/receipt/);
  const reference = (await page.locator(".ticket [data-copy]").first().innerText()).trim();
  assert.match(reference, /^HZ-\d{4}-/);
  await page.getByRole("link", { name: "查看这件需求" }).click();
  const address = new URL(page.url()).pathname;
  assert.match(await page.locator(".status").first().innerText(), /待受理/);

  // Staff take it, plan it, search, attach the search, deliver.
  const staff = await as("李演示", `/desk/cases/${address.split("/")[2]}`);
  const desk = staff.page;
  const at = desk.url();
  const act = async (name, fields = {}) => {
    const link = desk.locator(".case-actions").getByRole("link", { name, exact: true });
    if ((await link.count()) > 0) {
      await link.first().click();
      for (const [label, value] of Object.entries(fields)) {
        const field = desk.getByLabel(label).first();
        if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption({ label: value });
        else if ((await field.getAttribute("type")) === "radio" || (await field.getAttribute("type")) === "checkbox") await field.check();
        else await field.fill(value);
      }
      await desk.getByRole("button", { name, exact: true }).click();
    } else {
      await desk.locator(".case-actions").getByRole("button", { name, exact: true }).first().click();
    }
    await desk.waitForLoadState();
    assert.equal(new URL(desk.url()).pathname, new URL(at).pathname, `${name}: ${await desk.locator("main").innerText()}`);
  };
  await act("受理");
  await desk.locator(".case-actions").getByRole("link", { name: "立项" }).click();
  const people = desk.locator("form.keep-form input[type=checkbox]");
  if ((await people.count()) > 0) await people.first().check();
  await desk.locator("form.keep-form textarea").first().fill("拆分技术特征，检索有效专利，形成意见。");
  await desk.getByRole("button", { name: "立项", exact: true }).click();
  await desk.waitForURL(at);
  await act("开始办理");
  await desk.getByRole("button", { name: "去检索，逐页关联" }).click();
  await desk.goto(new URL("/search?q=%E5%9B%BA%E6%80%81%E7%94%B5%E6%B1%A0", at).href);
  await desk.locator("aside.collect").getByRole("button").first().click();
  await desk.goto(at);
  assert.match(await desk.locator("#links").innerText(), /固态电池/);
  await desk.locator(".case-actions").getByRole("link", { name: "交付" }).click();
  await desk.locator("form.keep-form textarea").first().fill("检索到三件需要留意的有效专利，附规避方向。");
  const report = desk.locator("form.keep-form input[type=file]").first();
  if ((await report.count()) > 0) {
    await report.setInputFiles({ name: "意见.txt", mimeType: "text/plain", buffer: Buffer.from("风险检索意见") });
  }
  await desk.getByRole("button", { name: "交付", exact: true }).click();
  await desk.waitForURL(at);

  // The client sees the result, says it is not solved, and rates badly.
  await page.goto(new URL(address, page.url()).href);
  assert.match(await page.locator("main").innerText(), /三件需要留意的有效专利/);
  await page.getByRole("radio", { name: "未解决" }).check();
  await page.getByRole("button", { name: "确认成果" }).click();
  await page.waitForLoadState();
  await page.getByRole("link", { name: "评价这次服务" }).first().click();
  await page.locator("input[name=level][value=dissatisfied]").check({ force: true });
  await page.locator("textarea[name=words]").fill("结论太笼统。");
  await page.getByRole("button", { name: "提交评价" }).click();
  await page.waitForLoadState();
  assert.match(await page.locator("h1").innerText(), /谢谢/);

  // The follow-up is worked and closed.
  const lead = await as("王演示", "/desk/follow-ups");
  const office = lead.page;
  await office.locator(".outlet a, table a").filter({ hasText: /B03|风险防控/ }).first().click();
  for (const [action, words] of [["核实属实", "已核实。"], ["整改完成", "补充了逐项比对。"], ["反馈", "已说明并致歉。"], ["回访满意", ""]]) {
    await office.getByRole("radio", { name: new RegExp(`^${action}`) }).check({ force: true });
    await office.locator("#f-words").fill(words);
    await office.getByRole("button", { name: "提交", exact: true }).click();
    await office.waitForLoadState();
  }
  assert.match(await office.locator("main").innerText(), /已办结/);

  // Figures of the outlet and the trail show all of it.
  await office.goto(new URL("/desk/figures", at).href);
  assert.match(await office.locator("main").innerText(), /风险防控/);
  const auditor = await as("吴演示", `/admin/audit?object=${address.split("/")[2]}`);
  const trail = await auditor.page.locator("main").innerText();
  for (const done of ["受理", "立项", "交付"]) assert.match(trail, new RegExp(done));
  for (const seen of [client, staff, lead, auditor]) await seen.leave();
});

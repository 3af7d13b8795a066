// What a searcher does, from the home page to a report, with script and without.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { close, narrow, number, visit } from "./site.mjs";

after(close);

for (const script of [true, false]) {
  const how = script ? "with script" : "without script";

  test(`a search is narrowed by a facet, and the facet's count is the list's (${how})`, async () => {
    const { page, leave } = await visit("/", { script });
    await page.getByRole("searchbox").or(page.getByRole("combobox")).first().fill("电池");
    await page.getByRole("button", { name: "检索" }).click();
    await page.waitForURL(/\/search\?q=/);
    const before = number(await page.locator("#found").innerText());
    assert.ok(before > 5, `${before} hits`);
    const value = page.locator(".facet li a").filter({ hasText: "有效" }).first();
    const counted = number(await value.locator(".count").innerText());
    await value.click();
    assert.equal(number(await page.locator("#found").innerText()), counted);
    assert.match(await page.locator("#q").inputValue(), /^电池 AND status=in-force$/);
    await page.locator(".chips .chip").filter({ hasText: "status" }).click();
    assert.equal(number(await page.locator("#found").innerText()), before);
    await leave();
  });

  test(`tabs by kind of right count what they show (${how})`, async () => {
    const { page, leave } = await visit("/search?q=", { script });
    const tab = page.locator(".tabs a").filter({ hasText: "商标" });
    const counted = number(await tab.locator(".count").innerText());
    await tab.click();
    assert.equal(number(await page.locator("#found").innerText()), counted);
    assert.equal(await page.locator(".tabs a[aria-current]").count(), 1);
    await leave();
  });

  test(`a right is opened, and two are compared (${how})`, async () => {
    const { page, leave } = await visit("/search?q=right%3Dinvention", { script });
    const title = (await page.locator(".hit h3").first().innerText()).trim();
    await page.locator(".hit input[name=id]").nth(0).check();
    await page.locator(".hit input[name=id]").nth(1).check();
    await page.getByRole("button", { name: "比较选中的两项" }).click();
    await page.waitForURL(/\/compare\?id=/);
    assert.ok((await page.locator("table.compare tbody tr").count()) > 5);
    await page.goBack();
    await page.locator(".hit h3 a").first().click();
    await page.waitForURL(/\/rights\//);
    assert.equal((await page.locator("h1").innerText()).trim(), title);
    for (const part of ["biblio", "life", "claims", "description", "sources"]) {
      assert.equal(await page.locator(`section#${part}`).count(), 1, part);
    }
    assert.ok((await page.locator(".claim.independent").count()) >= 1);
    await leave();
  });

  test(`a bar of an analysis opens the list it counted (${how})`, async () => {
    const { page, leave } = await visit("/search?q=right%3Dinvention", { script });
    await page.getByRole("link", { name: "分析", exact: true }).last().click();
    await page.waitForURL(/\/analysis\?q=/);
    assert.ok((await page.locator(".analysis-part svg").count()) >= 10);
    const row = page.locator("#applicants table tbody tr").first();
    await page.locator("#applicants summary").click();
    const counted = number(await row.locator("td.n").first().innerText());
    const bar = page.locator("#applicants svg a").first();
    await page.goto(new URL(await bar.evaluate((link) => link.getAttribute("href") ?? link.getAttribute("xlink:href")), page.url()).href);
    assert.equal(number(await page.locator("#found").innerText()), counted);
    await leave();
  });

  test(`an analysis is kept at an address that shows it again, and comes as a Word file (${how})`, async () => {
    const { page, leave } = await visit("/analysis?q=nice%3D9", { script });
    const total = await page.locator(".found-line h2 a").innerText();
    await page.getByRole("button", { name: "保存，得到固定地址" }).click();
    await page.waitForURL(/\/analysis\/saved\/[0-9a-f]{20}$/);
    assert.equal(await page.locator(".found-line h2 a").innerText(), total);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "生成 Word 报告" }).click()]);
    assert.match(download.suggestedFilename(), /\.docx$/);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    assert.equal(Buffer.concat(chunks).subarray(0, 2).toString(), "PK");
    await leave();
  });

  test(`the language is switched once and remembered (${how})`, async () => {
    const { page, leave } = await visit("/search?q=nice%3D9", { script });
    await page.getByRole("link", { name: "English" }).click();
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.match(page.url(), /q=nice%3D9/);
    await page.goto(new URL("/", page.url()).href);
    await page.getByText("In the register").waitFor();
    await leave();
  });

  test(`a mistake shows its place and the mend, which works (${how})`, async () => {
    const { page, leave } = await visit("/search?q=aplicant%3D%E5%8D%8E", { script });
    await page.getByRole("alert").waitFor();
    await page.locator(".mend").click();
    assert.equal(await page.getByRole("alert").count(), 0);
    await leave();
  });

  test(`paging goes to the end without losing or repeating a right (${how})`, async () => {
    const { page, leave } = await visit("/search?q=right%3Dgi&sort=id", { script });
    const total = number(await page.locator("#found").innerText());
    const seen = new Set();
    for (;;) {
      for (const href of await page.locator(".hit h3 a").evaluateAll((links) => links.map((link) => link.pathname))) {
        assert.ok(!seen.has(href), `${href} came twice`);
        seen.add(href);
      }
      const next = page.getByRole("link", { name: "下一页" });
      if ((await next.count()) === 0) break;
      await next.click();
    }
    assert.equal(seen.size, total);
    await leave();
  });
}

test("suggestions come while typing and are chosen by keyboard", async () => {
  const { page, leave } = await visit("/search");
  await page.keyboard.press("/");
  await page.locator("#q").pressSequentially("appl");
  const options = page.locator(".suggestions [role=option]");
  await options.first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.match(await page.locator("#q").inputValue(), /=$/);
  await leave();
});

test("hits are walked by keyboard", async () => {
  const { page, leave } = await visit("/search?q=");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await page.locator(".hit.current").count(), 1);
  assert.equal(await page.locator(".hit").nth(1).getAttribute("class"), "hit current");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/rights\//);
  await leave();
});

test("chosen columns of the table are remembered", async () => {
  const { page, leave } = await visit("/search?q=nice%3D9&view=table");
  await page.getByText("选择列").click();
  await page.getByLabel("注册号").check();
  await page.getByRole("button", { name: "显示" }).click();
  await page.locator("th", { hasText: "注册号" }).waitFor();
  await page.goto(new URL("/search?q=nice%3D12&view=table", page.url()).href);
  await page.locator("th", { hasText: "注册号" }).waitFor();
  await leave();
});

test("a telephone shows the same with the filters folded away", async () => {
  const { page, leave } = await visit("/search?q=%E7%94%B5%E6%B1%A0", { viewport: narrow });
  assert.equal(await page.locator(".facets-fold").evaluate((fold) => fold.open), false);
  await page.getByText("筛选").click();
  await page.locator(".facet li a").first().waitFor();
  await leave();
});

test("pictures are shown where there are any", async () => {
  const { page, leave } = await visit("/search?q=right%3Dtrademark&view=gallery");
  const picture = page.locator(".gallery img").first();
  await picture.waitFor();
  await page.waitForFunction((image) => image.complete && image.naturalWidth > 0, await picture.elementHandle());
  await leave();
});

test("a service is found, read, and its form asks no more than the answers call for", async () => {
  const { page, leave } = await visit("/services?q=%E8%AE%B8%E5%8F%AF%E5%90%88%E5%90%8C");
  await page.getByRole("link", { name: "专利实施许可合同备案" }).click();
  await page.getByRole("heading", { name: "要带什么" }).waitFor();
  await page.getByRole("link", { name: "先看申请表" }).click();
  const firm = page.getByLabel("单位名称");
  await firm.waitFor({ state: "hidden" });
  await page.getByRole("radio", { name: "企业" }).check();
  await firm.waitFor();
  await page.locator("[name='patents.0.number']").fill("CN201910302430.1");
  await page.getByRole("button", { name: "再加一行" }).click();
  await page.locator("[name='patents.1.number']").waitFor();
  assert.equal(await page.getByRole("radio", { name: "企业" }).isChecked(), true, "what was written stays");
  await page.getByRole("button", { name: "检查填写是否完整" }).click();
  await page.locator(".warn a", { hasText: "联系人姓名" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.name), "contact");
  await leave();
});

test("without script a form shows every question with the case in which it counts", async () => {
  const { page, leave } = await visit("/services/B02/form", { script: false });
  assert.equal(await page.getByLabel("单位名称").isVisible(), true);
  await page.getByText("仅当「申请人类型」为").first().waitFor();
  await leave();
});

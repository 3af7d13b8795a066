// Every page in both languages, wide and narrow, light and dark: axe-core finds nothing and nothing scrolls sideways.
import { after, test } from "node:test";
import { accessible, as, close, narrow, visit, wide } from "./site.mjs";

after(close);

const pages = [
  "/",
  "/search?q=%E7%94%B5%E6%B1%A0",
  "/search?q=%E7%94%B5%E6%B1%A0&explain=1",
  "/search?q=&view=table",
  "/search?q=right%3Dtrademark&view=gallery",
  "/search?q=xyzzyx",
  "/search?q=ti%3D(",
  "/search/advanced",
  "/analysis",
  "/analysis?q=right%3Dinvention",
  "/numbers",
  "/classes",
  "/classes/nice",
  "/eu-marks",
  "/rate",
  "/ratings",
  "/ratings?period=2001",
  "/network",
  "/network?region=500000&open=1",
  "/network/coverage",
  "/cases/new",
  "/cases/new?item=W-C04",
  "/cases/new?item=W-C04&region=500000",
  "/cases/track",
  "/services",
  "/services?group=one-window&object=person&q=x",
  "/services/B02",
  "/services/W-P06",
  "/services/W-P06/form",
  "/services/B02/versions",
  "/services/B02/differences",
  "/services/calendar",
  "/governance/assessments",
  "/governance/assessments/schemes",
  "/governance/assessments/schemes/outlet",
  "/governance/assessments/years",
  "/governance/credit",
  "/governance/credit?level=c",
  "/governance/credit/announcements",
  "/governance/credit/rules",
  "/governance/indicators",
  "/governance/indicators?q=TISC&group=network",
  "/governance/indicators/P14-TISC",
  "/governance/indicators/G24-PLEDGE-SUM?period=2025",
  "/governance/indicators/R-INV",
  "/governance/plans",
  "/help",
  "/help/query",
  "/help/data",
  "/help/api",
  "/nowhere",
];

for (const path of pages) {
  for (const lang of ["zh", "en"]) {
    test(`${path} is accessible in ${lang}`, async () => {
      for (const [viewport, dark] of [[wide, false], [narrow, true]]) {
        const { page, leave } = await visit(path, { lang, viewport, dark });
        await accessible(page);
        await leave();
      }
    });
  }
}

test("a published assessment and its arithmetic are accessible in both languages", async () => {
  for (const [lang, viewport, dark] of [["zh", wide, false], ["en", narrow, true]]) {
    const { page, leave } = await visit("/governance/assessments", { lang, viewport, dark });
    await page.locator("main tbody th a").first().click();
    await page.waitForURL(/\/governance\/assessments\/0/);
    await accessible(page);
    await page.locator("table.ranking th a").first().click();
    await page.waitForURL(/\/units\//);
    await accessible(page);
    await leave();
  }
});

test("timetable, targets and the workbook of a self-evaluation are accessible in both languages", async () => {
  for (const [lang, viewport, dark] of [["zh", wide, false], ["en", narrow, true]]) {
    const { page, leave } = await as(/赵演示|Zhao/, "/governance/plans/mine", { lang, viewport, dark });
    await accessible(page);
    await page.locator(".plan-due tbody tr:has(.plan-measured) th > a").first().click();
    await page.waitForURL(/\/cell\?/);
    await accessible(page);
    await page.goto(page.url().replace(/\/cell\?.*/, "/gantt"));
    await accessible(page);
    await page.goto(new URL("/governance/assessments", page.url()).href);
    await page.locator("tr:has(.state-self-evaluation) th a").first().click();
    await page.locator("main td a[href$='/self']").first().click();
    await page.locator("main a[href$='/self/import']").click();
    await accessible(page);
    await leave();
  }
});

test("a right is accessible in both languages", async () => {
  for (const kind of ["invention", "design", "trademark", "gi"]) {
    for (const [lang, viewport, dark] of [["zh", wide, false], ["en", narrow, true]]) {
      const { page, leave } = await visit(`/search?q=right%3D${kind}`, { lang, viewport, dark });
      await page.locator(".hit h3 a").first().click();
      await page.waitForURL(/\/rights\//);
      await accessible(page);
      await leave();
    }
  }
});

test("a request is accessible from the choice to the receipt", async () => {
  for (const [lang, viewport, dark] of [["zh", wide, false], ["en", narrow, true]]) {
    const { page, leave } = await visit("/cases/new?item=W-C04", { lang, viewport, dark });
    await page.locator(".choose-outlet .button").first().click();
    await accessible(page);
    await page.locator("form.toolbar .button").first().click();
    await accessible(page);
    const next = page.locator(".send button[value=next]");
    await next.click();
    await accessible(page);
    await page.locator("[name=applicant_kind][value=person]").check();
    await page.fill("[name=contact]", "周示范");
    await page.locator("[name=reply_by][value=email]").check();
    await page.fill("[name=email]", "zhou@example.org");
    await next.click();
    await page.fill("[name=description]", "年费怎样缴纳？");
    await next.click();
    await page.locator("[name=truthful]").check();
    await page.locator("[name=data_use]").check();
    await next.click();
    await accessible(page);
    await page.locator("form[action$='/send'] .button").first().click();
    await page.waitForURL(/\/receipt$/);
    await accessible(page);
    await page.locator("main .toolbar a.button").first().click();
    await accessible(page);
    await leave();
  }
});

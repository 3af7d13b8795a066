// One's own account and the administration: axe-core finds nothing, and what people do there works.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { as, accessible, close, narrow, visit, wide } from "./site.mjs";

after(close);

const pages = {
  周示范: ["/account", "/account/notices", "/account/particulars", "/account/security", "/account/password", "/account/second-step", "/account/data", "/account/delete"],
  赵演示: ["/account", "/admin", "/admin/people", "/admin/webhooks"],
  吴演示: ["/admin/audit"],
  郑演示: ["/admin", "/admin/people", "/admin/outbox"],
};

for (const path of ["/sign-in", "/sign-up", "/sign-in/forgotten"]) {
  test(`${path} is accessible`, async () => {
    for (const [lang, viewport, dark] of [["zh", wide, false], ["en", narrow, true]]) {
      const { page, leave } = await visit(path, { lang, viewport, dark });
      await accessible(page);
      await leave();
    }
  });
}

for (const [who, paths] of Object.entries(pages)) {
  test(`pages of ${who} are accessible`, async () => {
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

test("a session is ended from another one", async () => {
  const first = await as("孙演示", "/account/security");
  const second = await as("孙演示", "/account");
  await first.page.reload();
  await first.page.getByRole("button", { name: "结束其他全部登录" }).click();
  assert.ok((await first.page.locator(".note").innerText()).includes("已结束"));
  const answer = await second.page.goto(new URL("/account", second.page.url()).href);
  assert.equal(answer.status(), 401);
  await first.leave();
  await second.leave();
});

test("an auditor reads and verifies the trail", async () => {
  const { page, leave } = await as("吴演示", "/admin/audit");
  await page.getByLabel("操作（开头即可）").fill("role.");
  await page.getByRole("button", { name: "筛选" }).click();
  for (const act of await page.locator("tbody td:nth-child(3)").allInnerTexts()) assert.ok(act.includes("角色"), act);
  await page.getByRole("button", { name: "校验日志是否完整" }).click();
  assert.ok((await page.locator(".note").innerText()).includes("日志完整"));
  await leave();
});

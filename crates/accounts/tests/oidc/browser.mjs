// Walks through a sign-in at the provider of these tests and prints the address it ends at: `browser.mjs ADDRESS LOGIN REDIRECT`.
const [start, login, redirect] = process.argv.slice(2);
const jar = new Map();

async function ask(address, form) {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const answer = await fetch(address, {
    method: form ? "POST" : "GET",
    redirect: "manual",
    headers: { cookie, ...(form && { "content-type": "application/x-www-form-urlencoded" }) },
    body: form && new URLSearchParams(form).toString(),
  });
  for (const line of answer.headers.getSetCookie()) {
    const [pair] = line.split(";");
    const at = pair.indexOf("=");
    jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return answer;
}

let address = start;
for (let step = 0; step < 20; step += 1) {
  let answer = await ask(address);
  if (answer.status === 200) {
    const page = await answer.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)[1];
    const action = /action="([^"]+)"/.exec(page)[1];
    answer = await ask(new URL(action, address), prompt === "login" ? { prompt, login, password: "any" } : { prompt });
  }
  const next = answer.headers.get("location");
  if (!next) throw new Error(`${answer.status} at ${address}: ${await answer.text()}`);
  address = new URL(next, address).href;
  if (address.startsWith(redirect)) {
    console.log(address);
    process.exit(0);
  }
}
throw new Error("the provider never sent back");

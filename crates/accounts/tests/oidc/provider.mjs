// A provider of single sign-on for the tests of this crate: accounts `school-1`, `school-2` … made up on the spot.
// Prints its issuer when it listens and ends with its standard input.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [redirect] = process.argv.slice(2);

function claims(id) {
  const [, number] = id.split("-");
  return {
    sub: id,
    name: `学校 人员${number}`,
    locale: "zh-CN",
    email: `p${number}@example.org`,
    // Odd ones have verified their address.
    email_verified: Number(number) % 2 === 1,
  };
}

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      { client_id: "huizhi", client_secret: "a secret of sixty-four characters at least is not needed here", redirect_uris: [redirect] },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "locale"] },
    pkce: { required: () => true },
    cookies: { keys: ["for tests"] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, id) => ({ accountId: id, claims: () => claims(id) }),
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));

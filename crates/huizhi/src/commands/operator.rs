//! `huizhi operator`: the first person who may run the installation.

use std::io::{self, IsTerminal as _, Read as _};

use accounts::{Accounts, AccountsError, Language, Password, Random, SignUp};
use anyhow::{Context, Result, bail};
use console::Term;
use network::Network;

use super::Outcome;
use crate::cli::OperatorArgs;
use crate::secret;
use crate::settings::Settings;
use crate::store::{Store, now, random};

/// Makes the first operator, and asks at the terminal for what was not given.
pub(crate) async fn run(settings: &Settings, args: &OperatorArgs) -> Result<Outcome> {
    let zh = settings.lang == "zh";
    let t = |zh_text, en_text| if zh { zh_text } else { en_text };
    let name = given(args.name.as_deref(), t("姓名：", "Name: "), "--name")?;
    let email = given(args.email.as_deref(), t("电子邮箱：", "E-mail: "), "--email")?;
    let password = if args.password_stdin { from_stdin()? } else { from_terminal(zh)? };
    let store = Store::open_or_make(settings).await?;
    let database = store.register.database().clone();
    Network::open(database.clone()).await?;
    let accounts = Accounts::open(database, secret::of(settings)?, settings.accounts.clone()).await?;
    let mut random = Random::new(random());
    let asked = SignUp {
        key: random.id(now()).to_string(),
        name,
        email: Some(email),
        telephone: None,
        password,
        language: if zh { Language::Chinese } else { Language::English },
        wants_mail: true,
        agrees: true,
    };
    match accounts.first_operator(&asked, now(), &mut random).await {
        Ok(person) => {
            println!("{}{}", t("运维人员已建立：", "The operator is there: "), person.name);
            println!(
                "{}",
                t(
                    "请登录网站，在「管理 → 人员与角色」中授予其他人角色。",
                    "Sign in to the site and give others their roles under Administration → People and roles."
                )
            );
            Ok(Outcome::Done)
        }
        Err(AccountsError::Invalid(faults)) => {
            let lines: Vec<&str> = faults.iter().map(|fault| fault.text(settings.lang)).collect();
            bail!("{}", lines.join("; "))
        }
        Err(error) => bail!("{}", error.text(settings.lang)),
    }
}

/// What a flag gives, else what is typed.
fn given(flag: Option<&str>, prompt: &str, name: &str) -> Result<String> {
    if let Some(flag) = flag {
        return Ok(flag.to_owned());
    }
    let terminal = terminal(&format!("give {name}"))?;
    terminal.write_str(prompt)?;
    Ok(terminal.read_line()?.trim().to_owned())
}

/// The password typed twice, unseen.
fn from_terminal(zh: bool) -> Result<Password> {
    let terminal = terminal("give the password by --password-stdin")?;
    let ask = |prompt: &str| -> Result<String> {
        terminal.write_str(prompt)?;
        Ok(terminal.read_secure_line()?)
    };
    let first = ask(if zh { "密码（至少 10 个字符）：" } else { "Password (at least 10 characters): " })?;
    let second = ask(if zh { "再输入一次：" } else { "Once more: " })?;
    if first != second {
        bail!("{}", if zh { "两次输入的密码不同，请重新运行" } else { "the two passwords differ; run it again" });
    }
    Ok(Password::typed(first))
}

/// The password as another program hands it on, without the line's end.
fn from_stdin() -> Result<Password> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).context("no password came on standard input")?;
    Ok(Password::typed(text.trim_end_matches(['\r', '\n'])))
}

fn terminal(otherwise: &str) -> Result<Term> {
    if !io::stdin().is_terminal() {
        bail!("there is no terminal to ask at; {otherwise}");
    }
    Ok(Term::stderr())
}

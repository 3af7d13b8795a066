//! `/account/second-step`: codes of an app on one's telephone, set up, renewed, turned off.

use std::sync::Arc;

use accounts::{AccountsError, Enrolment, Password, RecoveryCodes};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use network::Fault;

use super::{FormPage, own, proof, proof_field, typed_wrong};
use crate::App;
use crate::form::{FaultLine, FieldView, GroupView, summary};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::Sent;

/// Set up: the picture to scan, and the field for the first code.
#[derive(Template)]
#[template(path = "account/enrol.html")]
struct EnrolPage<'a> {
    visit: &'a Visit,
    title: &'a str,
    /// Shown once; none when the first code was wrong: the app has the secret already.
    enrolment: Option<Enrolment>,
    groups: Vec<GroupView>,
    faults: Vec<FaultLine>,
}

/// Recovery codes, shown once.
#[derive(Template)]
#[template(path = "account/codes.html")]
struct CodesPage<'a> {
    visit: &'a Visit,
    title: &'a str,
    codes: Vec<String>,
}

/// On: renew the codes or turn it off.
#[derive(Template)]
#[template(path = "account/second_step.html")]
struct OnPage<'a> {
    visit: &'a Visit,
    title: &'a str,
    codes_left: u64,
    groups: Vec<GroupView>,
    faults: Vec<FaultLine>,
}

pub(crate) async fn show(visit: Visit, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    form(&visit, &app, &[]).await
}

/// What can be done as things stand.
async fn form(visit: &Visit, app: &App, faults: &[Fault]) -> Result<Response, Failure> {
    let has_password = app.accounts.me(&visit.actor).await?.has_password;
    let second = app.accounts.second_step(&visit.actor).await?;
    let title = visit.t("两步验证", "Second step");
    let fields: Vec<FieldView> = proof_field(visit, has_password).into_iter().collect();
    if second.on {
        let fields = fields.into_iter().map(|field| field.of(faults, visit.lang)).collect();
        let groups = vec![GroupView { name: String::new(), fields }];
        let faults = summary(faults, &groups, visit.lang);
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let on = OnPage { visit, title, codes_left: second.codes_left, groups, faults };
        return Ok((status, page(&on)?).into_response());
    }
    let button = visit.t("开始设置", "Set it up");
    let mut page = FormPage::new(visit, title, "/account/second-step", button).fields(fields, faults);
    page.lead = visit.t(
        "登录时除密码外，还要输入手机验证器应用上的六位数字。即使密码泄露，别人也登录不了。",
        "Besides the password, signing in then asks for six digits of an authenticator app on your telephone: a password that leaks out opens nothing.",
    );
    page.points = vec![
        visit.t(
            "先在手机上装一个验证器应用（支持 TOTP 的都可以）。",
            "First install an authenticator app on your telephone; any that knows TOTP will do.",
        ),
        visit.t(
            "开启以后会得到十个备用码，手机不在身边时用。",
            "You then get ten recovery codes for when the telephone is not at hand.",
        ),
    ];
    page.answer()
}

pub(crate) async fn begin(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let signed = own(&visit)?;
    let password = Password::typed(sent.get("proof"));
    let (proof, now) = (proof(signed, &password), (app.clock.now)());
    match app.accounts.begin_second_step(&visit.actor, &proof, now, &mut app.random()).await {
        Ok(enrolment) => enrol(&visit, Some(enrolment), &[]),
        Err(AccountsError::SecondStepThere) => Ok(Redirect::to("/account/second-step").into_response()),
        Err(error) => form(&visit, &app, &typed_wrong(error)?).await,
    }
}

fn enrol(visit: &Visit, enrolment: Option<Enrolment>, faults: &[Fault]) -> Result<Response, Failure> {
    let field = FieldView::new("code", visit.t("应用上的六位数字", "The six digits of the app"), "text");
    let field = field.fills("one-time-code").typed("numeric").needed().of(faults, visit.lang);
    let groups = vec![GroupView { name: String::new(), fields: vec![field] }];
    let faults = summary(faults, &groups, visit.lang);
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = visit.t("设置两步验证", "Set the second step up");
    Ok((status, page(&EnrolPage { visit, title, enrolment, groups, faults })?).into_response())
}

pub(crate) async fn confirm(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let signed = own(&visit)?;
    let (now, mut random) = ((app.clock.now)(), app.random());
    let confirmed =
        app.accounts.confirm_second_step(&visit.actor, &signed.session, sent.get("code"), now, &mut random).await;
    match confirmed {
        Ok(codes) => show_codes(&visit, codes),
        // Sent twice, or taken up after it was done: what stands is shown.
        Err(AccountsError::NoSecondStep) => Ok(Redirect::to("/account/second-step").into_response()),
        Err(error) => enrol(&visit, None, &typed_wrong(error)?),
    }
}

fn show_codes(visit: &Visit, RecoveryCodes(codes): RecoveryCodes) -> Result<Response, Failure> {
    let title = visit.t("备用码", "Recovery codes");
    page(&CodesPage { visit, title, codes })
}

pub(crate) async fn renew(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let signed = own(&visit)?;
    let password = Password::typed(sent.get("proof"));
    let (proof, now) = (proof(signed, &password), (app.clock.now)());
    match app.accounts.renew_recovery_codes(&visit.actor, &proof, now, &mut app.random()).await {
        Ok(codes) => show_codes(&visit, codes),
        Err(AccountsError::NoSecondStep) => Ok(Redirect::to("/account/second-step").into_response()),
        Err(error) => form(&visit, &app, &typed_wrong(error)?).await,
    }
}

pub(crate) async fn remove(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let signed = own(&visit)?;
    let password = Password::typed(sent.get("proof"));
    let proof = proof(signed, &password);
    match app.accounts.remove_second_step(&visit.actor, &proof, (app.clock.now)()).await {
        Ok(()) | Err(AccountsError::NoSecondStep) => {
            Ok(Redirect::to("/account/security?done=second-step").into_response())
        }
        Err(error) => form(&visit, &app, &typed_wrong(error)?).await,
    }
}

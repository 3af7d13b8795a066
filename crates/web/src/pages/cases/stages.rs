//! The pages of a request that is being written: the steps of its form, and how to reach the client where the form does
//! not ask for it.

use cases::{Contact, Draft, DraftRequest};
use network::{Fault, Id};
use services::{Answers, Field, Form, FormStep, Version};

use super::access::{self, Held};
use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;
use crate::sent::fault;

/// Address of the step that asks how to reach the client; forms have no such key.
pub(super) const REACH: &str = "how-to-reach";

/// A draft with the item that it asks for.
pub(super) struct Writing {
    pub(super) draft: Draft,
    pub(super) version: Version,
}

/// A step.
pub(super) enum Stage<'a> {
    Form(&'a FormStep),
    Reach,
}

/// A step in the list of steps.
pub(super) struct StageView {
    pub(super) address: String,
    pub(super) name: String,
    pub(super) current: bool,
    pub(super) done: bool,
}

impl Writing {
    /// The draft of an address, for those who may open it.
    pub(super) async fn open(app: &App, visit: &Visit, held: &Held, id: &str) -> Result<Self, Failure> {
        let id: Id = id.parse().map_err(|_| no_draft())?;
        let draft = app.cases.draft(held.by(visit), &id, held.code()).await;
        let draft = draft.map_err(|error| match error {
            cases::CasesError::NotFound(_) => no_draft(),
            error => error.into(),
        })?;
        let version = app.services.version_on(&draft.request.item, super::today(app)).await?;
        let version = version.ok_or_else(|| {
            Failure::Missing("这项服务现在不办理。".to_owned(), "This service is not offered now.".to_owned())
        })?;
        Ok(Self { draft, version })
    }

    pub(super) fn form(&self) -> &Form {
        &self.version.item.form
    }

    pub(super) fn address(&self) -> String {
        access::draft(&self.draft.id)
    }

    pub(super) fn step(&self, key: &str) -> String {
        format!("{}/steps/{key}", self.address())
    }

    /// The steps that are shown under these answers, in order.
    pub(super) fn stages(&self, answers: &Answers) -> Vec<Stage<'_>> {
        let steps = services::steps_shown(self.form(), answers).into_iter().map(Stage::Form);
        // Before the last page, which asks to confirm.
        let mut stages: Vec<Stage<'_>> = steps.collect();
        if asks_reach(self.form()) {
            stages.insert(stages.len().saturating_sub(1), Stage::Reach);
        }
        stages
    }

    /// The list of steps as pages show it; the summary is the last.
    pub(super) fn list(&self, request: &DraftRequest, current: &str, visit: &Visit) -> Vec<StageView> {
        let faults = self.faults(request, visit);
        let stages = self.stages(&request.answers);
        let view = |stage: &Stage<'_>| StageView {
            address: self.step(stage.key()),
            name: stage.name(visit),
            current: stage.key() == current,
            done: !faults.iter().any(|fault| stage.has(fault, self.form())),
        };
        let summary = StageView {
            address: format!("{}/review", self.address()),
            name: visit.t("核对提交", "Look it over and send").to_owned(),
            current: current == "review",
            done: false,
        };
        stages.iter().map(view).chain([summary]).collect()
    }

    /// Everything that keeps the request from being sent, as far as it can be told now.
    pub(super) fn faults(&self, request: &DraftRequest, visit: &Visit) -> Vec<Fault> {
        let mut faults = services::check(self.form(), &request.answers);
        let contact = contact(self.form(), request);
        if contact.name.trim().is_empty() {
            faults.push(fault("contact.name", "请填写联系人姓名", "write the name of a contact"));
        }
        let reached = [&contact.telephone, &contact.email, &contact.address].iter().any(|way| !way.trim().is_empty());
        if visit.signed.is_none() && !reached {
            let (zh, en) =
                ("没有登录时，请留下电话或邮箱", "without an account, leave a telephone number or an e-mail address");
            faults.push(fault("contact.telephone", zh, en));
        }
        faults.into_iter().map(|fault| self.placed(fault)).collect()
    }

    /// A fault of the contact as one of the field of the form from which the contact is taken.
    pub(super) fn placed(&self, mut fault: Fault) -> Fault {
        if let Some(part) = fault.field.strip_prefix("contact.")
            && let Some(field) = source(self.form(), &format!("account.{part}"))
        {
            fault.field.clone_from(&field.key);
        }
        fault
    }

    /// What is wrong at one step.
    pub(super) fn faults_at(&self, stage: &Stage<'_>, request: &DraftRequest, visit: &Visit) -> Vec<Fault> {
        let mut faults = self.faults(request, visit);
        faults.retain(|fault| stage.has(fault, self.form()));
        let mut seen = Vec::new();
        faults.retain(|fault| {
            // A name that is missing is told once, by the form.
            let again = seen.contains(&fault.field) && !fault.field.contains('.');
            seen.push(fault.field.clone());
            !again
        });
        faults
    }
}

impl Stage<'_> {
    pub(super) fn key(&self) -> &str {
        match self {
            Self::Form(step) => &step.key,
            Self::Reach => REACH,
        }
    }

    pub(super) fn name(&self, visit: &Visit) -> String {
        match self {
            Self::Form(step) => step.title.text(visit.lang.code()).to_owned(),
            Self::Reach => visit.t("联系方式", "How to reach you").to_owned(),
        }
    }

    /// Whether a fault is one of this step.
    pub(super) fn has(&self, fault: &Fault, form: &Form) -> bool {
        let key = fault.field.split('.').next().unwrap_or_default();
        match self {
            Self::Form(step) => step.fields.iter().any(|field| field.key == key),
            Self::Reach => key == "contact" && !form.fields().any(|field| field.key == key),
        }
    }
}

/// The field of a form that says something of the client.
pub(crate) fn source<'a>(form: &'a Form, what: &str) -> Option<&'a Field> {
    form.fields().find(|field| field.prefill.as_deref() == Some(what))
}

/// Whether a form does not ask whom to call, or how.
pub(crate) fn asks_reach(form: &Form) -> bool {
    let reached = ["account.telephone", "account.email"].iter().any(|what| source(form, what).is_some());
    source(form, "account.name").is_none() || !reached
}

/// How to reach the client: what the form asks, else what the step of its own asks.
pub(crate) fn contact(form: &Form, request: &DraftRequest) -> Contact {
    let counted = services::shown(form, &request.answers);
    let own = &request.contact;
    let part = |what: &str, own: &str| match source(form, what) {
        Some(field) => counted.get(&field.key).and_then(|value| value.as_str()).unwrap_or_default().trim().to_owned(),
        None => own.trim().to_owned(),
    };
    Contact {
        name: part("account.name", &own.name),
        telephone: part("account.telephone", &own.telephone),
        email: part("account.email", &own.email),
        organisation: part("account.organisation", &own.organisation),
        address: part("account.address", &own.address),
    }
}

fn no_draft() -> Failure {
    Failure::Missing(
        "没有找到这份草稿。它可能已经提交、删除或超过 30 天；在自己的账户里写的，请先登录；没有账户的，请用保存时给出的链接打开。"
            .to_owned(),
        "This draft was not found. It may have been sent, thrown away, or left for more than 30 days. Sign in if it is one of \
         your account, or open it by the link that was given when it was kept."
            .to_owned(),
    )
}

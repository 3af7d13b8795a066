//! `/network`: the directory, how well the country is served, one outlet, and the pages of those who keep it.

mod asked;
mod card;
mod change;
mod coverage;
mod directory;
mod edit;
mod export;
mod form;
mod history;
mod import;
mod outlet;
mod places;
pub(crate) mod sent;
mod service;
mod split;

use std::sync::Arc;

use accounts::keeping::KeepingError;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use jiff::civil::DateTime;
use network::{NetworkError, OrganisationId};

use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;

pub(crate) use asked::{day, value};
pub(crate) use card::{Card, Telephone};
pub(crate) use directory::choices;
pub(crate) use outlet::found;
pub(crate) use places::{short as short_place, words};
pub(crate) use sent::named as organisations_named;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/network", get(directory::show))
        .route("/network.csv", get(export::csv))
        .route("/network/hsds.json", get(export::hsds))
        .route("/network/coverage", get(coverage::show))
        .route("/network/new", get(edit::new).post(edit::create))
        .route("/network/import", get(import::ask).post(import::bring).layer(DefaultBodyLimit::max(import::LARGEST)))
        .route("/network/{id}", get(outlet::show))
        .route("/network/{id}/edit", get(edit::edit).post(edit::change))
        .route("/network/{id}/confirm", post(change::confirm))
        .route("/network/{id}/split", get(split::ask).post(split::split))
        .route("/network/{id}/{act}", get(change::ask).post(change::act))
}

/// Day and time on the clocks of the country.
pub(crate) fn moment(app: &App) -> DateTime {
    network::local((app.clock.now)())
}

/// The organisation that an address names.
pub(crate) fn named(id: &str) -> Result<OrganisationId, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

/// The name of an organisation in the page's language; its id where it is not there any more.
pub(crate) async fn organisation_name(app: &App, id: &OrganisationId, visit: &Visit) -> Result<String, Failure> {
    let found = app.network.organisation(id, moment(app).date()).await.map_err(failed)?;
    Ok(found.map_or_else(|| id.to_string(), |found| found.profile.name(visit.lang.code()).to_owned()))
}

/// Makes a change lasting and lets roles see it.
async fn store(app: &App, write: database::Write) -> Result<(), Failure> {
    write.commit().await.map_err(|error| failed(error.into()))?;
    app.accounts.network_changed();
    Ok(())
}

/// What the network refuses, as an answer.
pub(crate) fn failed(error: NetworkError) -> Failure {
    match error {
        NetworkError::Mark(_) => Failure::PageMark,
        NetworkError::NotFound { .. } => Failure::Missing(error.text("zh"), error.text("en")),
        error if error.is_about_what_was_asked() => Failure::Wrong(error.text("zh"), error.text("en")),
        error => Failure::Broken(Box::new(error)),
    }
}

/// Why a change was not made, as an answer.
pub(crate) fn not_kept(error: KeepingError) -> Failure {
    match error {
        KeepingError::Denied(denied) => denied.into(),
        KeepingError::Network(error) => failed(error),
        KeepingError::Accounts(error) => Failure::Broken(Box::new(error)),
    }
}

//! The bridge from [`language`] to the engine: its tokens as a token stream, its runs as terms.

use language::{PARAGRAPH_END, VALUE_GAP, analyse};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Name of the analyser in the schema.
pub(super) const NAME: &str = "huizhi";

/// Hands texts to [`language::analyse`].
#[derive(Clone, Default)]
pub(super) struct Analyser;

impl Tokenizer for Analyser {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { text, token: Token::default(), pulled: None }
    }
}

/// Tokens of one text. The engine's writer takes them pushed, through one token that is used again and again.
pub(super) struct Stream<'a> {
    text: &'a str,
    token: Token,
    /// For a caller that pulls instead: the tokens still to come, last first.
    pulled: Option<Vec<Token>>,
}

fn fill(token: &mut Token, found: language::Token<'_>) {
    token.text.clear();
    token.text.push_str(found.text);
    token.position = found.position as usize;
    token.offset_from = found.from;
    token.offset_to = found.to;
    // The engine starts the next value of the field where the longest token ends, and one more: this keeps values
    // of one field `VALUE_GAP` apart, so that no nearness reaches from one to the next.
    token.position_length = if found.text == PARAGRAPH_END { VALUE_GAP as usize } else { 1 };
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let text = self.text;
        let pulled = self.pulled.get_or_insert_with(|| {
            let mut tokens = Vec::new();
            analyse(text, 0, &mut |found| {
                let mut token = Token::default();
                fill(&mut token, found);
                tokens.push(token);
            });
            tokens.reverse();
            tokens
        });
        match pulled.pop() {
            Some(token) => {
                self.token = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }

    fn process(&mut self, sink: &mut dyn FnMut(&Token)) {
        let token = &mut self.token;
        analyse(self.text, 0, &mut |found| {
            fill(token, found);
            sink(token);
        });
    }
}

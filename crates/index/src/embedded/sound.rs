//! The bridge from the sounds of [`language`] to the engine.

use language::{VALUE_GAP, sounds};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Name of this analyser in the schema.
pub(super) const NAME: &str = "huizhi-sound";

/// Hands texts to [`language::sounds`].
#[derive(Clone, Default)]
pub(super) struct Listener;

impl Tokenizer for Listener {
    type TokenStream<'a> = Heard;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Heard {
        let mut tokens = Vec::new();
        sounds(text, &mut |key, position| {
            tokens.push(Token { text: key.to_owned(), position: position as usize, ..Token::default() });
        });
        if let Some(last) = tokens.last_mut() {
            // Keeps the values of a right apart.
            last.position_length = VALUE_GAP as usize;
        }
        Heard { tokens, next: 0 }
    }
}

/// The keys of one text.
pub(super) struct Heard {
    tokens: Vec<Token>,
    next: usize,
}

impl TokenStream for Heard {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

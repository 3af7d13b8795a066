//! The form of a request as text: JSON or TOML to read, compact JSON to write.

use network::Fault;
use serde_json::Value;
use services::Form;

use crate::sent::fault;

/// Characters of a line that still takes a whole object.
const LINE: usize = 110;

/// A form as JSON that people can edit: what fits stands in one line, words in both languages as a pair.
pub(super) fn written(form: &Form) -> String {
    let mut value = serde_json::to_value(form).unwrap_or_default();
    pairs(&mut value);
    let mut out = String::new();
    write(&value, 0, &mut out);
    out
}

/// Turns `{"zh": …, "en": …}` into a pair.
fn pairs(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(pairs),
        Value::Object(map) => {
            if map.len() == 2 && map.contains_key("zh") && map.contains_key("en") {
                *value = Value::Array(["zh", "en"].iter().filter_map(|key| map.remove(*key)).collect());
            } else {
                map.values_mut().for_each(pairs);
                map.retain(|_, value| *value != Value::Bool(false));
            }
        }
        _ => {}
    }
}

/// The order in which the parts of a field are read.
const ORDER: [&str; 12] = [
    "key",
    "title",
    "label",
    "help",
    "type",
    "kind",
    "required",
    "required_if",
    "shown_if",
    "prefill",
    "personal",
    "fields",
];

fn write(value: &Value, depth: usize, out: &mut String) {
    let short = inline(value);
    if depth * 2 + short.chars().count() <= LINE {
        out.push_str(&short);
        return;
    }
    let inside = "  ".repeat(depth + 1);
    let (open, close, parts): (_, _, Vec<(String, &Value)>) = match value {
        Value::Object(map) => {
            ('{', '}', ordered(map).into_iter().map(|(key, value)| (format!("{}: ", quoted(key)), value)).collect())
        }
        Value::Array(list) => ('[', ']', list.iter().map(|value| (String::new(), value)).collect()),
        _ => return out.push_str(&short),
    };
    out.push(open);
    let last = parts.len().saturating_sub(1);
    for (at, (key, value)) in parts.into_iter().enumerate() {
        out.push('\n');
        out.push_str(&inside);
        out.push_str(&key);
        write(value, depth + 1, out);
        if at < last {
            out.push(',');
        }
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push(close);
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

fn ordered(map: &serde_json::Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut parts: Vec<_> = map.iter().collect();
    parts.sort_by_key(|(key, _)| ORDER.iter().position(|known| known == key).unwrap_or(ORDER.len()));
    parts
}

fn inline(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let part = |(key, value): (&String, &Value)| format!("{}: {}", quoted(key), inline(value));
            let parts: Vec<String> = ordered(map).into_iter().map(part).collect();
            format!("{{ {} }}", parts.join(", "))
        }
        Value::Array(list) => format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// Reads a form from JSON or TOML; a fault names the line.
pub(super) fn read(text: &str) -> Result<Form, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(fault("form", "请写出表单定义", "write the form down"));
    }
    if text.starts_with(['{', '[']) && !text.starts_with("[[") {
        let form = if text.starts_with('[') {
            serde_json::from_str(text).map(|steps| Form { steps })
        } else {
            serde_json::from_str(text)
        };
        return form.map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let zh = format!("第 {line} 行第 {column} 列：{error}");
            fault("form", &zh, &format!("line {line}, column {column}: {error}"))
        });
    }
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let (line, said) = (before.matches('\n').count() + 1, error.message());
        fault("form", &format!("第 {line} 行：{said}"), &format!("line {line}: {said}"))
    })
}

#[cfg(test)]
mod tests {
    use super::{read, written};

    #[test]
    fn forms_come_back_from_their_text_and_mistakes_name_their_line() {
        for item in services::catalogue().unwrap() {
            let text = written(&item.form);
            assert_eq!(read(&text).unwrap(), item.form, "{text}");
            assert!(text.lines().all(|line| line.chars().count() < 400), "{text}");
        }
        assert!(read("{ \"steps\": [\n}").unwrap_err().en.starts_with("line 2"));
        let toml = "[[steps]]\nkey = \"a\"\ntitle = [\"一\", \"One\"]\n[[steps.fields]]\nkey = \"b\"\nlabel = [\"二\", \"Two\"]\nkind = { type = \"text\" }\n";
        assert_eq!(read(toml).unwrap().steps[0].fields[0].key, "b");
        let wrong = read(&toml.replace("\"text\" }", "\"poem\" }")).unwrap_err();
        assert!(wrong.zh.contains('行'), "{wrong:?}");
    }
}

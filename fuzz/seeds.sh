#!/bin/sh
# Makes fuzz/corpus from the project's own fixtures and the samples in its documentation. Run it again at any time.
# Further folders of made-up files may be given.
set -eu
cd "$(dirname "$0")"
fixtures=../crates/sources/tests/fixtures

fresh() { mkdir -p "corpus/$1"; }
# A file behind a first byte, which the target takes as a choice.
behind() { { printf "$1"; cat "$2"; } > "$3"; }

for target in whole format cut files encodings spreadsheet table mapping xml numbers classes schemes query language; do
    fresh "$target"
done
for folder in "$fixtures"/*/ "$@"; do
    name=$(basename "$folder")
    for file in "$folder"/*; do
        [ -f "$file" ] || continue
        base=$name-$(basename "$file")
        case $base in *README*) continue ;; esac
        cp "$file" "corpus/whole/$base"
        # The readers of all formats look at all fixtures: a format that is given another's file must not fall over it.
        number=0
        while [ "$number" -lt 24 ]; do
            behind "\\$(printf '%03o' "$number")" "$file" "corpus/format/$base-$number"
            number=$((number + 1))
        done
        for how in 000 001 002 003; do behind "\\$how" "$file" "corpus/files/$base-$how"; done
        case $base in
        *.xml) cp "$file" "corpus/xml/$base" ;;
        *.csv | *.txt) behind '\377' "$file" "corpus/table/$base" ;;
        esac
        head -c 4000 "$file" > "corpus/cut/$base"
        head -c 2000 "$file" > "corpus/encodings/$base"
        head -c 2000 "$file" > "corpus/language/$base"
    done
done
for file in ../crates/sources/mappings/*.toml; do
    { cat "$file"; printf 'a,b,c\n1,2,3\n'; } > "corpus/mapping/$(basename "$file")"
done
# Queries, numbers and symbols that the documentation shows in code marks, one a file.
number=0
cat ../docs/*.md ../crates/records/src/number/*.rs ../crates/records/src/class/*.rs | tr '`' '\n' | awk 'length($0) > 1 && length($0) < 120' | sort -u |
while IFS= read -r line; do
    number=$((number + 1))
    for target in query numbers classes language; do printf '%s' "$line" > "corpus/$target/line-$number"; done
done
printf 'G\tSECTION\nG06F\tComputing\nG06F3/00\tInput\n' > corpus/schemes/list
printf '<IPCScheme edition="20240101"><ipcEntry kind="s" symbol="G"/></IPCScheme>' > corpus/schemes/ipc
printf '<index><category id="1"><division id="1"/></category></index>' > corpus/schemes/vienna
printf '{"huizhi":"parts","version":1}\n{"key":"a:1","subject":{}}\n' > corpus/whole/parts
printf '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Kind</t></is></c><c r="B1"><v>1.5</v></c></row></sheetData></worksheet>' > corpus/spreadsheet/inline

# Words for -dict: names of elements and attributes.
cat corpus/xml/*.xml | grep -oE '[<" ][A-Za-z][A-Za-z0-9:_-]{2,}[ >=]' | tr -d '<>"= ' | sort -u | sed 's/.*/"&"/' > corpus/xml.dict

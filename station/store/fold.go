package store

import (
	"database/sql/driver"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	"modernc.org/sqlite"
)

// dotless makes one letter of those that Turkish tells apart by a dot: who looks for
// Izmir means İzmir, however it is typed.
var dotless = strings.NewReplacer("ı", "i", "i\u0307", "i")

// fold returns a text as a search compares it: without regard to capitals, to how a
// letter is put together of its parts, or to the width of one; "ß" is "ss".
func fold(text string) string {
	ascii := true
	for i := range len(text) {
		ascii = ascii && text[i] < utf8.RuneSelf
	}
	if ascii {
		return strings.ToLower(text)
	}
	return dotless.Replace(norm.NFKC.String(cases.Fold().String(norm.NFKC.String(text))))
}

// The migrations fold what was there before.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("fold", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		if text, ok := args[0].(string); ok {
			return fold(text), nil
		}
		return fold(fmt.Sprint(args[0])), nil
	})
}

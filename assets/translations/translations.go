// Package translations owns what is said in other languages than English: a
// TOML file for each, named by its language tag ("de", "zh-Hans"), in which
// each key is an English phrase. It must not hold logic; station/phrases reads it.
//
// To mend or add a language no Go is needed: copy a file, name it, and run the
// tests of station/phrases, labels and cmd/internal/papers. A phrase keeps the
// %-signs of its English; one that wants them in another order numbers them,
// as in "%[3]d年%[2]s%[1]d日". What stands on labels must be short; the tests of
// labels say where it is not.
//
// The folder screen holds the same for what stands on screens and what packctl says:
// arguments by name there, in braces, which may stand in any order, and a line for each
// plural form. The tests of station/say and station/ui say what is missing and what is
// too long.
package translations

import (
	"embed"
	"io/fs"
)

//go:embed *.toml screen
var files embed.FS

// Files returns the files of all languages.
func Files() embed.FS { return files }

// Screens returns those of what stands on screens.
func Screens() fs.FS {
	sub, err := fs.Sub(files, "screen")
	if err != nil {
		return files // the name is valid: it cannot be
	}
	return sub
}

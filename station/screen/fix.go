package screen

import (
	"strings"

	"packbench/station/say"
)

// Step is a part of what to do about a trouble: words, and where there is one
// the exact line to run, to be copied and not retyped.
type Step struct {
	Words string
	Line  string
	Copy  Action // of the line
}

// stepsOf takes the lines to run out of what a device says is to be done:
// "Run: a line, then sign in again. If that does not help, run: another". Which
// device it is makes the ids of the copy buttons unique.
func stepsOf(device, fix, copied string) []Step {
	var out []Step
	for fix != "" {
		words, line, rest := cutLine(fix)
		s := Step{Words: say.Sentence(words), Line: line}
		if line != "" {
			if words == "" {
				s.Words = "Run this line in a terminal:"
			}
			s.Copy = Action{
				ID: "copy:" + device + digits(len(out)), Label: "Copy", Enabled: true, Intent: Intent{Kind: IntentCopy, Value: line},
			}
			if line == copied {
				s.Copy.Label, s.Copy.On = "Copied", true
			}
		}
		out = append(out, s)
		fix = rest
	}
	return out
}

// cutLine finds the first line to run. Its end is where the sentence goes on.
func cutLine(fix string) (words, line, rest string) {
	i, said := strings.Index(fix, "Run: "), ""
	if j := strings.Index(fix, "run: "); j >= 0 && (i < 0 || j < i) {
		i, said = j, "run:"
	}
	if i < 0 {
		return fix, "", ""
	}
	words = strings.TrimSpace(fix[:i] + said)
	line = fix[i+len("Run: "):]
	end := len(line)
	for _, on := range []struct{ at, more string }{{", then ", "then "}, {" and plug ", "then plug "}, {". ", ""}} {
		if j := strings.Index(line, on.at); j >= 0 && j < end {
			end, rest = j, on.more+line[j+len(on.at):]
		}
	}
	return words, strings.TrimSuffix(strings.TrimSpace(line[:end]), "."), rest
}

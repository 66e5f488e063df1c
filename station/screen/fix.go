package screen

import (
	"packbench/station/say"
	"packbench/station/trouble"
)

// Step is a part of what to do about a trouble: words, and where there is one
// the exact line to run, to be copied and not retyped.
type Step struct {
	Words string
	Line  string
	Copy  Action // of the line
}

// stepsOf makes the steps of a device with their buttons. Which device it is makes
// the ids of these unique.
func stepsOf(l say.Language, device string, steps []trouble.Step, copied string) []Step {
	var out []Step
	for i, step := range steps {
		s := Step{Words: l.Phrase(step.Words), Line: step.Line}
		if s.Line != "" {
			s.Copy = Action{
				ID: "copy:" + device + digits(i), Label: l.Phrase("Copy"), Enabled: true, Intent: Intent{Kind: IntentCopy, Value: s.Line},
			}
			if s.Line == copied {
				s.Copy.Label, s.Copy.On = "Copied", true
				if !l.English() { // elsewhere that is what somebody did to a code
					s.Copy.Label = l.Phrase("In the clipboard")
				}
			}
		}
		out = append(out, s)
	}
	return out
}

// steps are what to do about a lamp that is not green.
func (l Lamp) steps() []trouble.Step {
	if len(l.Steps) == 0 && l.Fix != "" {
		return []trouble.Step{{Words: say.Sentence(l.Fix)}}
	}
	return l.Steps
}

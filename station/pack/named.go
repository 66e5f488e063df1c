package pack

import "strings"

// LineNamed is the line that somebody names whose code is dead (Q10): by
// its number, its SKU, or a part of its name. Where several may be meant it is "", so that
// the packer is asked; what fits none is a mark that is no line, because the journal keeps
// no words that people type.
func (w *Work) LineNamed(words string) string {
	words = strings.TrimSpace(words)
	if words == "" || w == nil || w.Line(words) != nil {
		return words
	}
	fits := []func(Line) bool{
		func(l Line) bool { return strings.EqualFold(l.SKU, words) },
		func(l Line) bool { return strings.Contains(strings.ToLower(l.Name), strings.ToLower(words)) },
		func(l Line) bool { return strings.Contains(strings.ToLower(l.SKU), strings.ToLower(words)) },
	}
	for _, fit := range fits {
		id, n := "", 0
		for _, l := range w.Lines {
			if fit(l) && l.Open()+l.LeftOut() > 0 {
				id, n = l.ID, n+1
			}
		}
		switch {
		case n == 1:
			return id
		case n > 1:
			return ""
		}
	}
	return "?"
}

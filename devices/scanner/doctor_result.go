package scanner

import (
	"slices"
	"strings"
	"time"
)

// Separator says how a scanner sends the GS1 separator.
type Separator string

// The forms of the separator.
const (
	SeparatorUnknown  Separator = ""         // the line that shows it was not read
	SeparatorSent     Separator = "0x1D"     // as the byte that it is
	SeparatorCtrl     Separator = "Ctrl+]"   // as keys
	SeparatorF8       Separator = "F8"       // as a key
	SeparatorAlt      Separator = "Alt+029"  // as keys
	SeparatorReplaced Separator = "replaced" // by other characters: Result.GS
	SeparatorDropped  Separator = "dropped"  // not at all
)

// Result is what the doctor learnt of a scanner.
type Result struct {
	Typed     bool          // it types, like a keyboard
	Layout    string        // of a scanner that types, as FindLayout takes it; the nearest when Wrong is not empty
	Prefix    string        // before each code
	Suffix    string        // after each code: "\r" for Enter, "\t" for Tab; "" when none is sent or needed
	Separator Separator     // how the GS1 separator comes
	GS        string        // what stands for the separator when it is replaced
	KeyGap    time.Duration // of a scanner that types: average of a key, modifiers counted as keys
	PerKey    time.Duration // limit for Options, with room for a bad day; 0 is the usual one
	AIM       bool          // each code begins with its AIM identifier
	Wrong     string        // characters that never come as they were printed
	Advice    []Advice      // what to change on the scanner, the gravest first
}

// lesson is what one read of a line says under the layout that was chosen.
type lesson struct {
	line  SheetCode
	found found
	aim   bool
	read  read
}

// Result returns what was learnt so far. It is whole once Progress says Ready.
func (d *Doctor) Result() Result {
	board := d.best
	lessons := d.lessons(board.layout)
	r := Result{Wrong: d.wrong(board.layout)}
	c := chart{result: &r, lessons: lessons, caps: d.caps}
	for _, l := range d.lines {
		for _, read := range slices.Concat(l.good, l.wrong) {
			r.Typed = r.Typed || read.typed()
			c.any = true
		}
	}
	if r.Typed {
		r.Layout = board.name
	}
	for i, line := range d.Progress().Lines {
		if line.State != LineDone && !line.Optional {
			c.missing = append(c.missing, i+1)
		}
	}
	c.front()
	c.rear()
	c.separator()
	c.pace()
	c.letters()
	r.Advice = c.advice()
	return r
}

// chosen is the layout under which most of what was read is the sheet: the
// usual one where several are.
func (d *Doctor) chosen() namedLayout {
	best, most := d.boards[0], 0
	for _, b := range d.boards {
		score := 0
		for i, l := range d.lines {
			for _, r := range l.good {
				if _, ok := d.sheet[i].in(r.text(b.layout)); ok {
					score += 1000
				}
			}
			for _, r := range l.wrong {
				data := d.sheet[i].Data
				score += 1000 * (len(data) - len(missing(data, r.text(b.layout)))) / len(data)
			}
		}
		if score > most {
			best, most = b, score
		}
	}
	return best
}

func (d *Doctor) lessons(layout Layout) []lesson {
	var all []lesson
	for i, l := range d.lines {
		for _, r := range l.good {
			f, ok := d.sheet[i].in(r.text(layout))
			if !ok {
				continue
			}
			le := lesson{line: d.sheet[i], found: f, read: r}
			if at := len(f.front) - 3; at >= 0 && isAIM(f.front[at:], le.line.Symbology) {
				le.aim, le.found.front = true, f.front[:at]
			}
			all = append(all, le)
		}
	}
	return all
}

// isAIM reports whether three characters are the AIM identifier of a symbology.
func isAIM(s, symbology string) bool {
	letter := "C"
	if symbology == "qr" {
		letter = "Q"
	}
	aim, _ := SplitAIM([]byte(s))
	return aim != "" && strings.EqualFold(aim[1:2], letter)
}

// wrong returns the characters of the sheet that never came as printed: of the
// lines that were wrong in the same way each time.
func (d *Doctor) wrong(layout Layout) string {
	var all []rune
	for i, l := range d.lines {
		if len(l.good) > 0 || len(l.wrong) == 0 {
			continue
		}
		lost := changed(d.sheet[i].Data, l.wrong[len(l.wrong)-1].text(layout))
		for _, c := range lost {
			if !slices.Contains(all, c) && c != gs {
				all = append(all, c)
			}
		}
	}
	return string(all)
}

// changed returns the characters of a line that others came for, place by place;
// where places do not fit because some never came, those that are missing.
func changed(want, text string) []rune {
	lost := missing(want, text)
	a, b := []rune(want), []rune(text)
	b = b[max(len(b)-len(a), 0):] // what stands before the code
	if len(a) != len(b) {
		return lost
	}
	var all []rune
	for i := range a {
		if a[i] != b[i] {
			all = append(all, a[i])
		}
	}
	if len(all) > 2*len(lost) {
		return lost
	}
	return all // two that changed places are one missing and two changed
}

// missing returns the characters of a line that are not in a text, in order: by
// the longest common subsequence.
func missing(want, text string) (lost []rune) {
	a, b := []rune(want), []rune(text)
	width := len(b) + 1
	best := make([]int, (len(a)+1)*width) // of the rests from i and j on
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				best[i*width+j] = best[(i+1)*width+j+1] + 1
				continue
			}
			best[i*width+j] = max(best[(i+1)*width+j], best[i*width+j+1])
		}
	}
	for i, j := 0, 0; i < len(a); {
		switch {
		case j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j < len(b) && best[i*width+j+1] >= best[(i+1)*width+j]:
			j++
		default:
			lost = append(lost, a[i])
			i++
		}
	}
	return lost
}

// usual returns the value that came most often, of several the newest.
func usual[T comparable](values []T) T {
	var best T
	most := 0
	count := map[T]int{}
	for _, v := range values {
		count[v]++
	}
	for _, v := range values {
		if count[v] >= most {
			best, most = v, count[v]
		}
	}
	return best
}

// commonStart is what all texts begin with.
func commonStart(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	start := texts[0]
	for _, t := range texts[1:] {
		for !strings.HasPrefix(t, start) {
			start = start[:len(start)-1]
		}
	}
	return start
}

package say

import (
	"strings"

	"packbench/station/pack"
)

// byItself ends what a printer advises that goes on with the job once it can.
const byItself = " It prints by itself then; do not print again."

// parted takes the words about a printer's trouble apart, "the printer has no
// paper: Load it.": what is wrong, and the printer's own advice, which begins with
// a capital letter; "" where there is none.
func parted(words string) (wrong, advice string) {
	for end := len(words); ; {
		i := strings.LastIndex(words[:end], ": ")
		if i < 0 {
			return words, ""
		}
		if c := words[i+len(": "):]; c != "" && c[0] >= 'A' && c[0] <= 'Z' {
			return words[:i], c
		}
		end = i
	}
}

func waiting(v pack.Verdict, general, next string) string { return mended(v.Why, general, next, true) }

func mend(v pack.Verdict, general, next string) string { return mended(v.Why, general, next, false) }

// mended says what to do about a printer's trouble, and it says it once: the
// printer's own advice, else the general one, and with it what is next: "press Try
// again", or what comes by itself.
func mended(words, general, next string, waits bool) string {
	_, advice := parted(words)
	link := ", then " + next
	if waits {
		link = ", and " + next
	}
	first, rest, more := strings.Cut(strings.TrimSuffix(advice, byItself), ". ")
	first = strings.TrimSuffix(first, ".")
	for _, end := range []string{", then print again", ", then try again"} {
		first = strings.TrimSuffix(first, end) // said in the words of this bench
	}
	for _, begin := range []string{"Print it again", "Print again"} {
		if after, ok := strings.CutPrefix(first, begin); ok && !waits {
			first, link = next+after, ""
		}
	}
	if first == "" {
		first = general
	}
	if strings.Contains(first, "anew") {
		link = ""
	}
	step := Lower(first) + link
	if more {
		step += ". " + rest
	}
	return step
}

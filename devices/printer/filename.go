package printer

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestFile is how many bytes a job's name may have in a file's name, ending
// left out: some file systems that encrypt hold no more than 143.
const longestFile = 120

// markLen is how many hexadecimal digits tell two escaped names apart.
const markLen = 16

// FileName makes a file's name of a job's, which every file system and every command
// takes: a plain name stays as it is. In any other each sign that some system does not
// take becomes "_", and a mark of the whole name follows it, so that two jobs
// never share a file. Names of jobs differ in more than the case of letters.
//
// Example: "1042-1-S1.7.1" gives "1042-1-S1.7.1.pdf", and "a/b-1-S1.7.1" gives
// "a_b-1-S1_7_1~5c0a….pdf".
func FileName(job, suffix string) string {
	if plainName(job) {
		return job + suffix
	}
	sum := sha256.Sum256([]byte(job))
	safe := strings.Map(func(r rune) rune {
		if r == '.' || r == ' ' || !safeSign(r) { // without dots no name is reserved, hidden or cut
			return '_'
		}
		return r
	}, strings.ToValidUTF8(job, "_"))
	if strings.HasPrefix(safe, "-") { // a command would take it for an option
		safe = "_" + safe[1:]
	}
	return clipBytes(safe, longestFile-1-markLen) + "~" + hex.EncodeToString(sum[:])[:markLen] + suffix
}

// plainName reports whether a name is right for every file system as it stands.
func plainName(name string) bool {
	return name != "" && len(name) <= longestFile && utf8.ValidString(name) &&
		!strings.ContainsFunc(name, func(r rune) bool { return !safeSign(r) }) &&
		!strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "-") && strings.TrimSpace(name) == name && !strings.HasSuffix(name, ".") &&
		!reserved(name) && !marked(name) && !hasEnding(name)
}

// safeSign reports whether every file system takes a sign, and no shell of a hot
// folder's script obeys it.
func safeSign(r rune) bool {
	return unicode.IsPrint(r) && r != utf8.RuneError && !strings.ContainsRune("<>:\"/\\|?*$`;&!'()", r)
}

// reserved reports whether Windows means a device by a name, whatever stands
// behind its first dot.
func reserved(name string) bool {
	base, _, _ := strings.Cut(name, ".")
	base = strings.ToUpper(strings.TrimRight(base, " "))
	switch base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$":
		return true
	}
	for _, port := range []string{"COM", "LPT"} {
		if n, ok := strings.CutPrefix(base, port); ok && len(n) > 0 && strings.Trim(n, "0123456789¹²³") == "" && utf8.RuneCountInString(n) == 1 {
			return true
		}
	}
	return false
}

// marked reports whether a name looks like an escaped one.
func marked(name string) bool {
	i := len(name) - 1 - markLen
	return i >= 0 && name[i] == '~' && strings.Trim(name[i+1:], "0123456789abcdef") == ""
}

// hasEnding reports whether a name ends as files do, so that the job "a.pdf" and
// the job "a" would share one.
func hasEnding(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasSuffix(lower, ".pdf") || strings.HasSuffix(lower, ".zpl")
}

// clipBytes cuts a text to at most so many bytes, between two letters.
func clipBytes(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "")
}

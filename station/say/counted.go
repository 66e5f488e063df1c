package say

import (
	"maps"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/trouble"
)

// Phrases are all that verdicts, questions and troubles are told in, once each, without
// those that only arguments make.
func Phrases() []string {
	var out []string
	for _, table := range slices.Collect(maps.Values(sayings)) {
		for _, s := range table {
			out = append(out, s.Head, s.Fact, s.Step)
		}
	}
	for _, s := range questions {
		out = append(out, s.Head, s.Fact, s.Step)
	}
	for _, c := range causes {
		out = append(out, c.likely, c.asked, c.step)
	}
	out = append(out, OffStep(pack.Weight{}), Clock)
	for code := range sayings {
		out = append(out, coded(code))
	}
	for _, v := range verbs {
		out = append(out, v.do)
	}
	for _, r := range []station.Role{"", station.Packer, station.Supervisor, station.Manager, station.Administrator} {
		out = append(out, Role(r), string(r))
	}
	for _, kind := range append(slices.Clone(pack.PaperKinds), "", pack.DocumentPutaway) {
		out = append(out, Paper(kind))
	}
	out = append(out, slices.Collect(maps.Values(nouns))...)
	out = append(out, slices.Concat(slices.Collect(maps.Values(states)), slices.Collect(maps.Values(grades)), slices.Collect(maps.Values(dispositions)))...)
	out = append(out, trouble.Phrases()...)
	for _, r := range pack.ShortReasons {
		out = append(out, Words(r))
	}
	for _, r := range slices.Concat(pack.OverrideReasons, pack.ShortReasons, pack.PassReasons, pack.ReprintReasons, pack.CancelReasons, pack.AloneReasons, pack.ReturnAloneReasons) {
		out = append(out, Sentence(Words(r)))
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(p string) bool { return !worded(p) })
}

// worded reports whether a phrase has words of its own beside its arguments.
func worded(phrase string) bool {
	for {
		before, rest, found := strings.Cut(phrase, "{")
		if strings.ContainsFunc(before, func(r rune) bool { return 'a' <= r && r <= 'z' }) {
			return true
		}
		if !found {
			return false
		}
		_, phrase, _ = strings.Cut(rest, "}")
	}
}

// Untold returns how many of the phrases are English in a language, and of how many.
func (l Language) Untold() (english, all int) {
	for _, p := range Phrases() {
		all++
		if !l.Has(p) {
			english++
		}
	}
	return english, all
}

package screen

import (
	"cmp"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/say"
)

// recipient writes "Customer, Graz AT".
func recipient(to station.Address) string {
	name := cmp.Or(to.Name, to.Company)
	if words := strings.Fields(name); to.Name != "" && len(words) > 1 && len([]rune(words[len(words)-1])) > 2 {
		name = words[len(words)-1] // the family's name is enough, unless it is an initial
	}
	place := strings.TrimSpace(to.City + " " + to.Country)
	if name == "" || place == "" {
		return name + place
	}
	return name + ", " + place
}

// when writes a time as people say it today: "16:00", "Tue 16:00", "24 Nov 16:00".
func when(t, now time.Time) string { return whenIn(say.English, t, now) }

func whenIn(l say.Language, t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(now.Location())
	switch days := daysBetween(now, t); {
	case days == 0:
		return t.Format("15:04")
	case days > 0 && days < 7:
		return l.Time(t, "Mon 15:04")
	}
	return l.Time(t, "2 Jan 15:04")
}

// dayIn writes a date: "today", "tomorrow", "Tue 24 Nov".
func dayIn(l say.Language, t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	switch daysBetween(now, t) {
	case 0:
		return l.Phrase("today")
	case 1:
		return l.Phrase("tomorrow")
	}
	return l.Time(t, "Mon 2 Jan")
}

func daysBetween(a, b time.Time) int {
	date := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	}
	return int(date(b).Sub(date(a)).Hours() / 24)
}

// age writes how long ago something was: "2 min", "3 h", "4 d".
func age(l say.Language, d time.Duration) string {
	switch {
	case d < time.Minute:
		return l.Phrase("now")
	case d < time.Hour:
		return l.Say("{n} min", "n", digits(int(d.Minutes())))
	case d < 48*time.Hour:
		return l.Say("{n} h", "n", digits(int(d.Hours())))
	}
	return l.Say("{n} d", "n", digits(int(d.Hours()/24)))
}

// serial writes the last four digits of a long number: "…0017".
func serial(number string) string {
	if len(number) <= 6 {
		return number
	}
	return "…" + number[len(number)-6:]
}

// scaleWords says the state of a scale in one or two words.
func scaleWords(s pack.ScaleState) string {
	return cmp.Or(map[pack.ScaleState]string{
		pack.ScaleSteady: "Steady", pack.ScaleMoving: "Moving", pack.ScaleZero: "Empty", pack.ScaleOver: "Too heavy",
		pack.ScaleUnder: "Below zero", pack.ScaleUnknown: "Not understood",
	}[s], "No data")
}

// lampsIn are lamps under their names in a language.
func lampsIn(l say.Language, lamps []Lamp) []Lamp {
	if l.English() {
		return lamps
	}
	out := make([]Lamp, len(lamps))
	for i, lamp := range lamps {
		out[i] = lamp
		out[i].Name = l.Phrase(lamp.Name)
	}
	return out
}

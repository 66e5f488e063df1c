package fields

import (
	"fmt"
	"strings"
	"time"

	"packbench/station/config"
	"packbench/station/screen"
)

// shopFields are what a shop sets once: its bench, money, time, numbers and dock.
func shopFields() []Setting {
	text := func(key, label, help, empty string, of func(config.Settings) string) Setting {
		return Setting{Key: key, label: label, help: help, empty: empty, value: of, text: true, kind: screen.FieldText}
	}
	currency := text("currency", "Currency", "of prices that name none: three letters, such as GBP", "", func(s config.Settings) string { return s.Currency })
	currency.kind, currency.reads = screen.FieldCode, func(typed string) (string, error) { return strings.ToUpper(strings.TrimSpace(typed)), nil }
	prefix := text("gs1.company_prefix", "GS1 company prefix", "4 to 12 digits, from GS1: the SSCC of each label begins with it", "", func(s config.Settings) string { return s.GS1.CompanyPrefix })
	first := text("gs1.extension", "First digit of the SSCC", "one digit, another one for each warehouse", "", func(s config.Settings) string { return s.GS1.Extension })
	prefix.kind, first.kind, prefix.section = screen.FieldNumber, screen.FieldNumber, "Numbers"
	shifts := Setting{Key: "shift", label: "Shifts", help: "such as Early 06:00-14:00; Late 14:00-22:00", empty: "the whole day is one", wide: true, text: true, kind: screen.FieldText, value: shiftWords, takes: takeShifts}
	shifts.section = "Day and dock"
	return []Setting{
		text("name", "Name of the bench", "on top of the window, in place of Bench and its number", "Bench and its number", func(s config.Settings) string {
			if s.Name == config.Default().Name {
				return ""
			}
			return s.Name
		}),
		currency,
		text("time_zone", "Time zone", "of the shop, such as Europe/London: cut-offs and days go by it", "the computer's", func(s config.Settings) string { return s.TimeZone }),
		text("documents", "Folder for labels and papers", "where they go that no printer takes", "documents, in the data folder", func(s config.Settings) string { return s.Documents }),
		prefix, first,
		text("gs1.domain", "Address for trace codes", "of your trace page, such as id.example.com: phones can open the square code", "none: the short form", func(s config.Settings) string { return s.GS1.Domain }),
		shifts,
		{Key: "lane", label: "Lanes of the dock", help: "such as EXP: demo-express; BIG: demo-post, post-parcel: a carrier, and the services that have a van of their own", empty: "none", wide: true, text: true, kind: screen.FieldText, value: laneWords, takes: takeLanes},
	}
}

func shiftWords(s config.Settings) string {
	var out []string
	for _, x := range s.Shifts {
		out = append(out, x.Name+" "+x.From+"-"+x.To)
	}
	return strings.Join(out, "; ")
}

func takeShifts(to *config.Settings, typed string) error {
	var list []config.Shift
	for _, part := range parts(typed) {
		name, times, _ := cutLast(part, " ")
		from, until, ok := strings.Cut(strings.ReplaceAll(times, "–", "-"), "-")
		shift := config.Shift{Name: strings.TrimSpace(strings.TrimSuffix(name, ":")), From: clock(from), To: clock(until)}
		if !ok || shift.Name == "" || shift.From == "" || shift.To == "" {
			return fmt.Errorf("shifts: %q is not like Early 06:00-14:00; put a semicolon between two", part)
		}
		list = append(list, shift)
	}
	to.Shifts = list
	return nil
}

// clock is a time of day as the file has it, "" for none.
func clock(text string) string {
	t, err := time.Parse("15:4", strings.TrimSpace(text))
	if err != nil {
		return ""
	}
	return t.Format("15:04")
}

func laneWords(s config.Settings) string {
	var out []string
	for _, l := range s.Lanes {
		out = append(out, l.ID+": "+strings.Join(append([]string{l.Carrier}, l.Services...), ", "))
	}
	return strings.Join(out, "; ")
}

func takeLanes(to *config.Settings, typed string) error {
	var list []config.Lane
	for _, part := range parts(typed) {
		id, of, ok := strings.Cut(part, ":")
		names := strings.FieldsFunc(of, func(r rune) bool { return r == ',' || r == ' ' })
		if !ok || len(names) == 0 {
			return fmt.Errorf("lanes: %q is not like EXP: demo-express; put a semicolon between two", part)
		}
		list = append(list, config.Lane{ID: strings.ToUpper(strings.TrimSpace(id)), Carrier: names[0], Services: names[1:]})
	}
	to.Lanes = list
	return nil
}

func parts(text string) []string {
	var out []string
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func cutLast(text, sep string) (before, after string, found bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return "", text, false
	}
	return text[:i], text[i+len(sep):], true
}

package fields

import (
	"fmt"
	"strings"

	"packbench/station/config"
	"packbench/station/screen"
)

// Look is the title of the tab of how slips look.
const Look = "Look"

// lookFields are how the slips in the box look to a buyer.
func lookFields() []Setting {
	text := func(key, label, help, empty string, of func(config.Look) string) Setting {
		return Setting{Key: "look." + key, label: label, help: help, empty: empty, value: func(s config.Settings) string { return of(s.Look) }, text: true, wide: true, kind: screen.FieldText}
	}
	return []Setting{
		text("logo", "Logo", "file of a PNG, JPEG or SVG, such as logo.png in the data folder", "none", func(l config.Look) string { return l.Logo }),
		text("accent", "Accent colour", "of headings, such as #0a5fb4", "none", func(l config.Look) string { return l.Accent }),
		{
			Key: "look.text", label: "Greeting and message", help: "one for each language or shop, such as de: Danke, {name}! / Viel Freude; en outlet: Hi", empty: "none",
			wide: true, text: true, kind: screen.FieldText, value: lookWords, takes: takeLook,
		},
		text("help", "Page for help and returns", "the code on the slip opens it, such as https://shop.example/help?order={order}", "none", func(l config.Look) string { return l.Help }),
		text("support", "Line at the end", "where to ask, and what is taken back", "none", func(l config.Look) string { return l.Support }),
		text("terms", "Terms of returns", "what is taken back, and until when", "none", func(l config.Look) string { return l.Terms }),
		text("font", "Font", "of headings and greeting: a TrueType file, such as own.ttf in the data folder", "none", func(l config.Look) string { return l.Font }),
	}
}

func lookWords(s config.Settings) string {
	var out []string
	for _, t := range s.Look.Texts {
		words := strings.TrimSpace(t.Language+" "+t.Shop) + ": " + t.Greeting
		if t.Message != "" {
			words += " / " + t.Message
		}
		out = append(out, strings.TrimPrefix(words, ": "))
	}
	return strings.Join(out, "; ")
}

// takeLook reads what lookWords writes. Without a colon a text is for everybody.
func takeLook(to *config.Settings, typed string) error {
	var list []config.LookText
	for _, part := range parts(typed) {
		var t config.LookText
		whose, words, some := strings.Cut(part, ":")
		if !some {
			whose, words = "", part
		}
		names := strings.Fields(whose)
		if len(names) > 2 || len(names) > 0 && len(names[0]) > 7 {
			return fmt.Errorf("greeting: %q is not like de: Danke, {name}! / Viel Freude; put a semicolon between two", part)
		}
		if len(names) > 0 {
			t.Language = names[0]
		}
		if len(names) > 1 {
			t.Shop = names[1]
		}
		for _, before := range to.Look.Texts { // what the field does not show stays
			if before.Language == t.Language && before.Shop == t.Shop {
				t = before
				break
			}
		}
		greeting, message, _ := strings.Cut(words, " / ")
		t.Greeting, t.Message = strings.TrimSpace(greeting), strings.TrimSpace(message)
		list = append(list, t)
	}
	to.Look.Texts = list
	return nil
}

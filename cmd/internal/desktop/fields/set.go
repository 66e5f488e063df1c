package fields

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"packbench/station/config"
)

// Set writes one key over the settings, the way a settings file would.
func (s Setting) Set(to *config.Settings, value string) error {
	if s.reads != nil {
		var err error
		if value, err = s.reads(value); err != nil {
			return err
		}
	}
	if s.takes != nil {
		return s.takes(to, value)
	}
	switch {
	case s.text:
		value = strconv.Quote(value)
	case value == "":
		value = "0"
	}
	table, name := "", s.Key
	if i := strings.LastIndexByte(s.Key, '.'); i >= 0 {
		table, name = "["+s.Key[:i]+"]\n", s.Key[i+1:]
	}
	if strings.ContainsAny(value, "\n\r") {
		return fmt.Errorf("%s: write it in one line", s.label)
	}
	if _, err := toml.NewDecoder(bytes.NewBufferString(table + name + " = " + value + "\n")).Decode(to); err != nil {
		if !s.text {
			return fmt.Errorf("%s: %q is not a number such as 2.5", s.label, value)
		}
		return fmt.Errorf("%s: %q is not valid here", s.label, value)
	}
	return nil
}

// faults are what is wrong with settings: the key of each, and what to do.
func faults(s config.Settings) [][2]string {
	var out [][2]string
	if all, ok := s.Validate().(interface{ Unwrap() []error }); ok {
		for _, err := range all.Unwrap() {
			key, words, _ := strings.Cut(err.Error(), ": ")
			out = append(out, [2]string{key, words})
		}
	}
	return out
}

// of reports whether a fault's key is one of a setting: of a list, it names the place too.
func of(key, fault string) bool { return fault == key || strings.HasPrefix(fault, key+" ") }

// FaultOf is what is wrong with one setting, "" for nothing.
func FaultOf(s config.Settings, key string) string {
	for _, f := range faults(s) {
		if of(key, f[0]) {
			return f[1]
		}
	}
	return ""
}

// FaultWords is the first fault of settings, with the names that the page has for it.
func FaultWords(s config.Settings) string {
	all := faults(s)
	if len(all) == 0 {
		return ""
	}
	f := all[0]
	for _, g := range All() {
		for _, field := range g.Fields {
			if of(field.Key, f[0]) {
				return g.Title + ", " + strings.ToLower(field.label) + ": " + f[1]
			}
		}
	}
	return f[0] + ": " + f[1]
}

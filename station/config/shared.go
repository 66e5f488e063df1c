package config

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// own are the settings, or tables of them, that are a station's and no other's. All else is
// the shop's, and the same at all benches of it.
var own = []string{
	"station", "name", "language", "theme", "size", "full_screen", "screen_height_mm", "sounds", "volume", "spoken", "numbers_copy", "documents", "stock_reader",
	"scanner", "scanner2", "scale", "printer", "hub", "gs1.extension",
}

// shops are those of the tables above that are the shop's all the same.
var shops = []string{"printer.with_label", "printer.slip_prices", "printer.return_days", "hub.secrets", "hub.documents"}

func isShops(key string) bool {
	in := func(list []string) bool {
		return slices.ContainsFunc(list, func(of string) bool { return key == of || strings.HasPrefix(key, of+".") })
	}
	return in(shops) || !in(own)
}

// leaves are settings by their dotted keys; a list is one of them.
type leaves map[string]any

func leavesOf(text []byte) (leaves, error) {
	var tree map[string]any
	if _, err := toml.Decode(string(text), &tree); err != nil {
		return nil, err
	}
	out := leaves{}
	out.add("", tree)
	return out, nil
}

func (l leaves) add(before string, tree map[string]any) {
	for key, value := range tree {
		if table, is := value.(map[string]any); is {
			l.add(before+key+".", table)
			continue
		}
		l[before+key] = value
	}
}

func (l leaves) text() ([]byte, error) {
	tree := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(l)) {
		table, parts := tree, strings.Split(key, ".")
		for _, part := range parts[:len(parts)-1] {
			next, is := table[part].(map[string]any)
			if !is {
				next = map[string]any{}
				table[part] = next
			}
			table = next
		}
		table[parts[len(parts)-1]] = l[key]
	}
	var b bytes.Buffer
	err := toml.NewEncoder(&b).Encode(tree)
	return b.Bytes(), err
}

// merged is what there is of each key, unless it was changed here since both were as before.
func merged(before, here, there leaves) leaves {
	out := leaves{}
	for _, key := range slices.Concat(slices.Collect(maps.Keys(here)), slices.Collect(maps.Keys(there))) {
		from := there
		if !reflect.DeepEqual(here[key], before[key]) {
			from = here
		}
		if value, is := from[key]; is {
			out[key] = value
		}
	}
	return out
}

// OfTheShop is the text of what all benches of a shop have of the settings.
func (s Settings) OfTheShop() ([]byte, error) {
	all, err := leavesOf(s.Encode())
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(all, func(key string, _ any) bool { return !isShops(key) })
	return all.text()
}

// WithShop takes what the shop has of the settings from a text, key by key, unless it was
// changed here since both were as before. What is the station's own stays.
func (s Settings) WithShop(before, there []byte) (Settings, error) {
	was, err := leavesOf(before)
	if err != nil {
		return s, fmt.Errorf("the shop's settings of before: %w", err)
	}
	other, err := leavesOf(there)
	if err != nil {
		return s, fmt.Errorf("the shop's settings: %w", err)
	}
	here, err := leavesOf(s.Encode())
	if err != nil {
		return s, err
	}
	for key, value := range here {
		if !isShops(key) {
			was[key], other[key] = value, value
		}
	}
	for _, l := range []leaves{was, other} {
		maps.DeleteFunc(l, func(key string, _ any) bool { _, is := here[key]; return !isShops(key) && !is })
	}
	return merged(was, here, other).settings(s)
}

// SaveChanged saves a draft of what was changed of settings, and returns what the file has
// then: what somebody else has written into it meanwhile, as another bench of the shop
// does, stays.
func SaveChanged(path string, before, draft Settings) (Settings, error) {
	now, err := Load(path)
	if err != nil { // a file that is wrong is put right by a whole one
		return draft, Save(path, draft)
	}
	next, err := changed(before, draft, now)
	if err == nil {
		err = Save(path, next)
	}
	return next, err
}

func changed(before, draft, now Settings) (Settings, error) {
	var all [3]leaves
	for i, s := range []Settings{before, draft, now} {
		l, err := leavesOf(s.Encode())
		if err != nil {
			return draft, err
		}
		all[i] = l
	}
	for _, l := range all { // what is the station's own nobody else has changed
		maps.DeleteFunc(l, func(key string, _ any) bool { _, is := all[1][key]; return !isShops(key) && !is })
		for key, value := range all[1] {
			if !isShops(key) {
				l[key] = value
			}
		}
	}
	return merged(all[0], all[1], all[2]).settings(draft)
}

func (l leaves) settings(or Settings) (Settings, error) {
	text, err := l.text()
	if err != nil {
		return or, err
	}
	s, err := Decode(text)
	if err != nil {
		return or, err
	}
	return s, nil
}

package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/BurntSushi/toml"

	"packbench/station"
	"packbench/station/people"
)

const maxFile = 1 << 20

// Load reads and checks a settings file. What it does not name keeps its
// default. The error of a missing file wraps fs.ErrNotExist; all faults of a
// present one are told at once, each with its key and what to write.
func Load(path string) (Settings, error) {
	f, err := os.Open(path)
	if err != nil {
		return Default(), fmt.Errorf("settings: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return Default(), fmt.Errorf("settings %s: %w", path, err)
	}
	s, err := Decode(data)
	if err != nil {
		return s, fmt.Errorf("settings %s: %w", path, err)
	}
	return s, nil
}

// Decode reads and checks the text of a settings file. With an error the
// settings are what could be understood.
func Decode(data []byte) (Settings, error) {
	s := Default()
	if len(data) > maxFile {
		return s, errors.New("the file is larger than 1 MB")
	}
	shifts := s.Shifts
	s.Shifts = nil // a list in the file stands for the whole list
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	meta, err := toml.Decode(string(data), &s)
	if err != nil {
		var parse toml.ParseError
		if errors.As(err, &parse) {
			return Default(), fmt.Errorf("line %d: %s", parse.Position.Line, parse.Message)
		}
		return Default(), err
	}
	if !meta.IsDefined("shift") {
		s.Shifts = shifts
	}
	if !meta.IsDefined("printer", "cn22") && s.Printers.Customs.Kind != "paper" {
		s.Printers.CN22 = s.Printers.Customs // older versions had one printer for all customs papers
	}
	old, err := s.roles(data, meta)
	if err != nil {
		return s, err
	}
	s.Scale.Step = s.Scale.StepG.Mass()
	switch s.Scale.Poll { // as files of older versions name it
	case "SI":
		s.Scale.Poll = "ask"
	case "SIR":
		s.Scale.Poll = "stream"
	}
	var faults []error
	for _, key := range meta.Undecoded() {
		if slices.Contains(old, key.String()) {
			continue
		}
		faults = append(faults, fmt.Errorf("%s: there is no such setting", key))
	}
	return s, errors.Join(append(faults, s.Validate())...)
}

// roles reads who may do what from files of older versions, which name the least role
// for four actions among the rules, and returns the keys of those. What [rights] says
// counts more.
func (s *Settings) roles(data []byte, meta toml.MetaData) (keys []string, err error) {
	var file struct {
		Rules struct {
			Override    station.Role `toml:"override"`
			Confirm     station.Role `toml:"confirm"`
			Void        station.Role `toml:"void"`
			TypedWeight station.Role `toml:"typed_weight"`
		} `toml:"rules"`
	}
	if _, err := toml.Decode(string(data), &file); err != nil {
		return nil, err
	}
	r, check := file.Rules, &checker{}
	for a, role := range map[people.Action]station.Role{
		people.Override: r.Override, people.Confirm: r.Confirm, people.Void: r.Void, people.TypedWeight: r.TypedWeight,
	} {
		key := "rules." + string(a)
		if !meta.IsDefined("rules", string(a)) {
			continue
		}
		keys = append(keys, key)
		if check.role(key, role); len(check.faults) == 0 && !meta.IsDefined("rights", string(a)) {
			s.Rights.Set(a, people.From(role).WithReason(s.Rights.Of(a).Reason()))
		}
	}
	return keys, errors.Join(check.faults...)
}

// Save writes the settings so that the file is at no moment half written, and
// keeps it readable: every key with a line of explanation. It refuses settings
// that Load would refuse.
func Save(path string, s Settings) (err error) {
	if err := s.Validate(); err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	defer func() {
		if err != nil {
			tmp.Close()
			os.Remove(tmp.Name())
			err = fmt.Errorf("settings %s: %w", path, err)
		}
	}()
	if _, err = tmp.Write(s.Encode()); err != nil {
		return err
	}
	if err = tmp.Sync(); err != nil {
		return err
	}
	if err = tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/BurntSushi/toml"
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
	meta, err := toml.Decode(string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))), &s)
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
	s.Scale.Step = s.Scale.StepG.Mass()
	switch s.Scale.Poll { // as files of older versions name it
	case "SI":
		s.Scale.Poll = "ask"
	case "SIR":
		s.Scale.Poll = "stream"
	}
	var faults []error
	for _, key := range meta.Undecoded() {
		faults = append(faults, fmt.Errorf("%s: there is no such setting", key))
	}
	return s, errors.Join(append(faults, s.Validate())...)
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

package folder

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"packbench/station/config"
	"packbench/station/store"
)

// seenSettings is where it stands what the settings file was when a bench last read it.
const seenSettings = "settings-file"

// SettingsAltered says that the settings file is not what it was, although nobody has
// written it: the disk has changed it.
type SettingsAltered struct{ Path string }

func (e *SettingsAltered) Error() string {
	return fmt.Sprintf("the settings in %s are not what was written: the disk has changed them. %s", e.Path, e.Hint())
}

// Hint says what to do about it.
func (e *SettingsAltered) Hint() string {
	return "Look through that file, correct it and save it, or take it from the last backup. Check the health of the disk."
}

// CheckSettings refuses a settings file that the disk has changed. People write it by
// hand, so that a sum in it would only be in their way; but who writes a file leaves
// another time on it, and a disk does not.
func CheckSettings(ctx context.Context, db *store.Store, path string) error {
	seen, known, err := store.Known(db.Setting(ctx, seenSettings))
	if err != nil || !known {
		return err
	}
	now, err := stamped(path)
	if err != nil {
		return err
	}
	when, sum, _ := strings.Cut(now, "\n")
	whenSeen, sumSeen, _ := strings.Cut(string(seen), "\n")
	if when == whenSeen && sum != sumSeen {
		return &SettingsAltered{Path: path}
	}
	return nil
}

// RememberSettings keeps what the settings file is now. Nothing is written where that
// is kept already.
func (f *Folder) RememberSettings(ctx context.Context) error {
	now, err := stamped(f.Path(config.File))
	if err != nil {
		return err
	}
	if seen, known, err := store.Known(f.Store.Setting(ctx, seenSettings)); err == nil && known && string(seen) == now {
		return nil
	}
	return f.Store.PutSetting(ctx, seenSettings, []byte(now))
}

// stamped is when a file was written and its length, and on a second line its sum.
func stamped(path string) (string, error) {
	when, err := Written(path)
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return fmt.Sprintf("%s\n%s", when, hex.EncodeToString(sum[:])), nil
}

// Written is when a file was written, and its length.
func Written(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d %d", info.ModTime().UnixNano(), info.Size()), nil
}

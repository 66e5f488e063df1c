package folder

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"packbench/station/intake"
)

// answer returns what a person has said of files with this header.
func (c *Client) answer(ctx context.Context, header []string) (m intake.Mapping, answered bool, err error) {
	body, err := c.answered(ctx, intake.Headings(header))
	if err != nil || body == nil {
		return m, false, err
	}
	if err := json.Unmarshal(body, &m); err != nil {
		return m, false, err
	}
	return m, m.Of(header), nil
}

// Unread returns the path of the first file in error/ that could not be read as a whole,
// "" for none. The rows that were left out of another are no such file.
func (c *Client) Unread() string {
	entries, _ := os.ReadDir(filepath.Join(c.dir, errorDir)) // what is wrong with it is told as the folder is read
	for _, e := range entries {
		path := filepath.Join(c.dir, errorDir, e.Name())
		if _, err := os.Stat(path + whyEnding); err == nil && e.Type().IsRegular() {
			return path
		}
	}
	return ""
}

// stamped is what putting a file away adds to its name.
var stamped = regexp.MustCompile(`\.[0-9]{8}-[0-9]{6}\.[0-9a-f]{16}(\.[^.]*)?$`)

// PutBack moves a file from error/ back into the folder, to be read again. It takes no
// other file's place.
func (c *Client) PutBack(path string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if filepath.Dir(path) != filepath.Join(c.dir, errorDir) {
		return fmt.Errorf("%s does not lie in the folder error", filepath.Base(path))
	}
	name, ending := filepath.Base(path), ""
	if at := stamped.FindStringSubmatchIndex(name); at != nil {
		if at[2] >= 0 {
			ending = name[at[2]:at[3]]
		}
		name = name[:at[0]]
	} else {
		ending = filepath.Ext(name)
		name = strings.TrimSuffix(name, ending)
	}
	to := filepath.Join(c.dir, name+ending)
	for n := 2; ; n++ {
		if _, err := os.Lstat(to); errors.Is(err, os.ErrNotExist) {
			break
		}
		to = filepath.Join(c.dir, fmt.Sprintf("%s %d%s", name, n, ending))
	}
	if err := publish(path, to); err != nil {
		return err
	}
	if err := os.Remove(path + whyEnding); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

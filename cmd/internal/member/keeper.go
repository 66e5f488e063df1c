package member

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/secret"
	"packbench/station/cases"
	"packbench/station/config"
	"packbench/station/hub"
	"packbench/station/store"
	"packbench/station/trace"
)

// keeper keeps the keys and settings of a folder and of the hub in step.
type keeper struct {
	*folder.Folder
	narrow func() bool // what the shop decides is changed at a desk, not here
	docked time.Time   // when the vans were looked at
}

// dockEvery is how often the vans are looked at.
const dockEvery = 20 * time.Second

// dock looks for parcels in two vans now and then.
func (k *keeper) dock(ctx context.Context, station string) error {
	if time.Since(k.docked) < dockEvery {
		return nil
	}
	k.docked = time.Now()
	return loadedTwice(ctx, k.Folder, station)
}

// hubKeys is the setting that holds the sum of the trace keys as they were exchanged last.
const hubKeys = "hub-keys"

// exchange tells the hub the keys of the first folder, and brings together what all have.
func (k *keeper) exchange(ctx context.Context, h *hub.Hub, station string) error {
	there, err := h.Keys(ctx)
	if err != nil {
		return err
	}
	if err := k.first(ctx, h, station, there); err != nil {
		return err
	}
	if err := k.traceKeys(ctx, h, station, there); err != nil {
		return err
	}
	shares, err := k.settings(ctx, h, station, there)
	if err != nil {
		return err
	}
	if err := k.secrets(ctx, h, station, there, shares); err != nil {
		return err
	}
	return k.dock(ctx, station)
}

// traceKeys brings the trace keys together: where they were changed here since the last
// time, those of here come first.
func (k keeper) traceKeys(ctx context.Context, h *hub.Hub, station string, there map[string][]byte) error {
	last, _, err := store.Known(k.Store.Setting(ctx, hubKeys))
	if err != nil {
		return err
	}
	free, err := folder.LockKeys(k.Dir)
	if err != nil {
		return err
	}
	defer free()
	path := k.Path(folder.TraceKeyFile)
	here, err := trace.Load(path)
	if err != nil {
		return err
	}
	whole := here
	if there[hub.TraceKeys] != nil {
		others, err := trace.ParseKeys(string(there[hub.TraceKeys]))
		if err != nil { // those of here are put in their place below
			k.Log.Warn("the trace keys at the hub cannot be read", "error", err)
		}
		if sumOf(here) == string(last) {
			whole = others.Merged(here)
		} else {
			whole = here.Merged(others)
		}
	}
	if whole.Text() != here.Text() {
		if err := trace.Save(path, whole); err != nil {
			return err
		}
	}
	if whole.Text() != string(there[hub.TraceKeys]) {
		if err := h.KeepKey(ctx, station, hub.TraceKeys, []byte(whole.Text())); err != nil {
			return err
		}
	}
	if sumOf(whole) == string(last) {
		return nil
	}
	return k.Store.PutSetting(ctx, hubKeys, []byte(sumOf(whole)))
}

func sumOf(keys trace.Keys) string {
	sum := sha256.Sum256([]byte(keys.Text()))
	return hex.EncodeToString(sum[:])
}

// first tells the hub what it takes from its first folder only.
func (k keeper) first(ctx context.Context, h *hub.Hub, station string, there map[string][]byte) error {
	if there[badgeKey] != nil && there[saltKey] != nil && there[settingsKey] != nil {
		return nil
	}
	badge, err := os.ReadFile(k.Path(badgeKey))
	if err != nil {
		return err
	}
	settings := k.Settings
	settings.Hub.Address = ""
	for name, body := range map[string][]byte{badgeKey: badge, saltKey: k.Salt, settingsKey: settings.Encode()} {
		if err := h.KeepKey(ctx, station, name, body); err != nil {
			return err
		}
	}
	return nil
}

// shopsSettings is the setting that holds what the shop had of the settings as they were
// exchanged last.
const shopsSettings = "hub-settings"

// settings brings together what the shop has of the settings, key by key: what was changed
// here since the last time counts, else what is there. It reports whether secrets are
// shared.
func (k keeper) settings(ctx context.Context, h *hub.Hub, station string, keys map[string][]byte) (shares bool, err error) {
	here, err := config.Load(k.Path(config.File))
	if err != nil {
		k.Log.Warn("the settings here are not exchanged", "error", err)
		return k.Settings.Hub.Secrets, nil
	}
	there := here
	if keys[settingsKey] != nil { // else this folder has just told its own
		if there, err = config.Decode(keys[settingsKey]); err != nil {
			k.Log.Warn("the settings that the hub has are not taken: they may be of a newer program", "error", err)
			return here.Hub.Secrets, nil
		}
	}
	return k.settingsWith(ctx, h, station, here, there)
}

func (k keeper) settingsWith(ctx context.Context, h *hub.Hub, station string, here, there config.Settings) (shares bool, err error) {
	mine, err := here.OfTheShop()
	if err != nil {
		return false, err
	}
	others, err := there.OfTheShop()
	if err != nil {
		return false, err
	}
	last, known, err := store.Known(k.Store.Setting(ctx, shopsSettings))
	if err != nil {
		return false, err
	}
	narrow := known && k.narrow()
	if narrow && !bytes.Equal(mine, last) {
		if err := inVain(ctx, k.Folder, cases.ChangeOverruled{Table: "settings"}, true); err != nil {
			return false, err
		}
	}
	if !known || narrow { // it joins, or may not change them: the hub is right
		last = mine
	}
	if known && bytes.Equal(mine, last) && bytes.Equal(others, last) {
		return here.Hub.Secrets, nil
	}
	whole, err := here.WithShop(last, others)
	if err != nil {
		k.Log.Warn("the settings that the hub has are not taken", "error", err)
		return here.Hub.Secrets, nil
	}
	text, err := whole.OfTheShop()
	if err != nil {
		return false, err
	}
	if !bytes.Equal(text, mine) {
		by, at, err := h.KeptBy(ctx, settingsKey)
		if err != nil {
			return false, err
		}
		if err := errors.Join(config.Save(k.Path(config.File), whole), k.RememberSettings(ctx)); err != nil {
			return false, err
		}
		k.Log.Info("the shop's settings were changed at another bench", "by", by, "at", at)
	}
	if !narrow && !bytes.Equal(text, others) {
		next, err := there.WithShop(others, text)
		if err != nil {
			return false, err
		}
		if err := h.KeepKey(ctx, station, settingsKey, next.Encode()); err != nil {
			return false, err
		}
	}
	return whole.Hub.Secrets, k.Store.PutSetting(ctx, shopsSettings, text)
}

// secretKey begins the names of secrets at the hub.
const secretKey = "secret/"

// secretFile are the files of secrets that the shop has, not this folder.
var secretFile = regexp.MustCompile(`^(shop|carrier|message|site)-([A-Za-z0-9-]+)\.key$`)

// sharedSecrets is the setting that holds sums of the secrets as they were exchanged last.
const sharedSecrets = "hub-secrets"

// secrets brings together the keys of shops, of accounts and of targets of messages: what was
// changed here since the last time counts, else what is there. Where the shop does not share
// them, the hub is to have none.
func (k keeper) secrets(ctx context.Context, h *hub.Hub, station string, keys map[string][]byte, shares bool) error {
	there := map[string][]byte{}
	for name, body := range keys {
		if of, is := strings.CutPrefix(name, secretKey); is && secretFile.MatchString(of) && len(body) > 0 {
			there[of] = body
		}
	}
	if !shares {
		if k.narrow() {
			return nil
		}
		for of := range there {
			if err := h.KeepKey(ctx, station, secretKey+of, nil); err != nil {
				return err
			}
		}
		return nil
	}
	return k.exchangeSecrets(ctx, h, station, there)
}

func (k *keeper) exchangeSecrets(ctx context.Context, h *hub.Hub, station string, there map[string][]byte) error {
	here, err := k.secretsHere()
	if err != nil {
		return err
	}
	badge, err := os.ReadFile(k.Path(badgeKey))
	if err != nil {
		return err
	}
	sum := func(of string, body []byte) string { // no copy of the database tells a short password
		m := hmac.New(sha256.New, badge)
		m.Write([]byte(of + " "))
		m.Write(body)
		return hex.EncodeToString(m.Sum(nil))
	}
	before := map[string]string{}
	if text, known, err := store.Known(k.Store.Setting(ctx, sharedSecrets)); err != nil {
		return err
	} else if known {
		_ = json.Unmarshal(text, &before) // else all counts as changed there
	}
	now := map[string]string{}
	for _, of := range slices.Sorted(maps.Keys(union(here, there))) {
		mine, theirs := here[of], there[of]
		switch {
		case bytes.Equal(mine, theirs), theirs == nil && k.narrow():
		case !k.narrow() && mine != nil && (theirs == nil || before[of] != "" && before[of] != sum(of, mine)):
			if err := h.KeepKey(ctx, station, secretKey+of, mine); err != nil {
				return err
			}
		default:
			m := secretFile.FindStringSubmatch(of)
			if err := secret.Of(k.Dir, m[1], m[2], nil).Keep(string(theirs)); err != nil {
				return err
			}
			mine = theirs
		}
		now[of] = sum(of, mine)
	}
	if maps.Equal(before, now) {
		return nil
	}
	text, err := json.Marshal(now)
	if err != nil {
		return err
	}
	return k.Store.PutSetting(ctx, sharedSecrets, text)
}

func union(a, b map[string][]byte) map[string][]byte {
	both := maps.Clone(a)
	maps.Copy(both, b)
	return both
}

// secretsHere are the secrets in the files of this folder, by the names of those.
func (k keeper) secretsHere() (map[string][]byte, error) {
	out := map[string][]byte{}
	files, err := filepath.Glob(k.Path("*.key"))
	for _, file := range files {
		m := secretFile.FindStringSubmatch(filepath.Base(file))
		if m == nil {
			continue
		}
		text, failed := secret.Of(k.Dir, m[1], m[2], nil).Read()
		if failed != nil && !errors.Is(failed, fs.ErrNotExist) && !errors.Is(failed, secret.ErrMissing) {
			return nil, failed
		}
		if text != "" {
			out[m[0]] = []byte(text)
		}
	}
	return out, err
}

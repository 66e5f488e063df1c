package member

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/secret"
	"packbench/station/cases"
	"packbench/station/config"
	"packbench/station/hub"
	"packbench/station/store"
	"packbench/station/trace"
)

// lockHub takes the right to keep a folder in step, which one program has.
func lockHub(dir string, wait time.Duration) (free func(), err error) {
	free, err = store.LockFile(filepath.Join(dir, "hub.lock"), wait)
	if errors.Is(err, store.ErrHeld) {
		return nil, errors.New("a bench that works here keeps this folder in step with the hub already")
	}
	return free, err
}

// startWait is how long a bench waits for a round that another program makes.
const startWait = 20 * time.Second

// Link is a folder that is kept in step with its hub by this program.
type Link struct {
	*hub.Exchange
	free func()
	once sync.Once
}

// Start takes the right to keep the folder in step and returns its link; nil where the
// folder belongs to no hub. Run of it does the rest, Close gives the right back.
func Start(ctx context.Context, d *folder.Folder, station string, env func(string) string) (*Link, error) {
	m, member, err := store.Known(d.Store.Member(ctx))
	if err != nil || !member {
		return nil, err
	}
	if m.Station != station {
		return nil, errors.New("this folder belongs to the hub as station " + m.Station + ": start " + station + " in a folder of its own")
	}
	x, _, err := exchange(ctx, d, env)
	if err != nil {
		return nil, err
	}
	free, err := lockHub(d.Dir, startWait)
	if err != nil {
		return nil, err
	}
	return &Link{Exchange: x, free: free}, nil
}

// Close gives the right back.
func (l *Link) Close() {
	l.once.Do(func() {
		l.Exchange.Close()
		l.free()
	})
}

// Once makes one round, where nobody else keeps the folder in step.
func Once(ctx context.Context, d *folder.Folder, env func(string) string) (hub.Status, error) {
	x, member, err := exchange(ctx, d, env)
	if err != nil {
		return hub.Status{}, err
	}
	if !member {
		return hub.Status{}, ErrAlone
	}
	free, err := lockHub(d.Dir, 0)
	if err != nil {
		return hub.Status{}, err
	}
	defer free()
	defer x.Close()
	err = x.Round(ctx)
	return x.Status(), err
}

// ErrAlone says that the folder belongs to no hub.
var ErrAlone = errors.New("this folder belongs to no hub: packctl hub join brings it into one")

// exchange is that of a folder; member is false where it belongs to no hub.
func exchange(ctx context.Context, d *folder.Folder, env func(string) string) (x *hub.Exchange, member bool, err error) {
	m, member, err := store.Known(d.Store.Member(ctx))
	if err != nil || !member {
		return nil, false, err
	}
	k := keeper{d}
	return hub.New(hub.Options{
		Folder: d.Store, Own: ownChains(m), Ahead: d.Settings.Hub.Ahead, Ranges: d.AllRanges, Log: d.Log,
		Open:   func() (*hub.Hub, error) { return open(d, env) },
		Follow: func(writer string) bool { return d.Settings.Hub.Follow != config.FollowOwn || cases.IsDesk(writer) },
		Clash: func(ctx context.Context, order, other string) {
			if err := clash(ctx, d, order, other); err != nil {
				d.Log.Warn("an order is at two benches, and there is no case of it", "order", order, "other", other, "error", err)
			}
		},
		Granted: func(ctx context.Context, order string) {
			if err := granted(ctx, d, order); err != nil {
				d.Log.Warn("the case of an order that was packed without the hub stays open", "order", order, "error", err)
			}
		},
		Overruled: func(ctx context.Context) {
			if err := overruled(ctx, d); err != nil {
				d.Log.Warn("a change that does not count has no case", "error", err)
			}
		},
		Greeted: func(ctx context.Context, h *hub.Hub) error { return k.exchange(ctx, h, m.Station) },
	}), true, nil
}

// ownChains are the chains that a folder writes: its station's, its desk's, and those of
// stations and of the desk that worked in it before it belonged to a hub.
func ownChains(m store.Membership) []string {
	return append([]string{m.Station, cases.DeskOf(m.Station)}, m.Before...)
}

func open(d *folder.Folder, env func(string) string) (*hub.Hub, error) {
	password, err := secretOf(d.Dir, env).Read()
	if err != nil && !errors.Is(err, secret.ErrMissing) {
		return nil, err
	}
	return hub.Open(d.Settings.Hub.Address, password)
}

// keeper keeps the keys of a folder and of the hub in step.
type keeper struct{ *folder.Folder }

// hubKeys is the setting that holds the sum of the trace keys as they were exchanged last.
const hubKeys = "hub-keys"

// exchange tells the hub the keys of the first folder, and brings the trace keys together:
// where they were changed here since the last time, those of here come first.
func (k keeper) exchange(ctx context.Context, h *hub.Hub, station string) error {
	there, err := h.Keys(ctx)
	if err != nil {
		return err
	}
	if err := k.first(ctx, h, station, there); err != nil {
		return err
	}
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

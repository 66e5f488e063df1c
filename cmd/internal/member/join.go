package member

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/secret"
	"packbench/station/cases"
	"packbench/station/config"
	"packbench/station/hub"
	"packbench/station/store"
	"packbench/station/trace"
)

// Names of what the hub keeps for its folders.
const (
	settingsKey = config.File
	badgeKey    = folder.BadgeKeyFile
	saltKey     = folder.BadgeSalt
)

// Joining is what Join is told.
type Joining struct {
	Address  string // of the hub, as who made it
	Password string // of that login, "" where none is needed or the environment has it
	Station  string // "": that of the folder
	Desk     bool   // it may release what other stations hold
	Replace  bool   // the folder that works for the station is lost
	Env      func(string) string
	Options  folder.Options
	Tell     func(Step) // what it does now; nil for nobody
}

func (j Joining) tell(s Step) {
	if j.Tell != nil {
		j.Tell(s)
	}
}

// Joined is what became of it.
type Joined struct {
	Station string
	New     bool // the folder was made
	// Badges are the people whose badges have to be given again: this folder knew them
	// under a key of its own.
	Badges int
	// DeskRows are decisions of this folder's desk that stay here alone: another folder
	// brought a desk's journal before.
	DeskRows int64
}

// Init makes a hub in an empty database, or brings one of an older program to this one, and
// reports which it did, if either.
func Init(ctx context.Context, address, password string) (made, upgraded bool, err error) {
	h, err := hub.Open(address, password)
	if err != nil {
		return false, false, err
	}
	defer h.Close()
	was, err := h.Init(ctx)
	return err == nil && was == 0, err == nil && was > 0 && was < hub.Format, err
}

// Forget drops the months of labels and papers at a hub that ended so many days ago, and
// names them. It needs the login that made the hub.
func Forget(ctx context.Context, address, password string, days int) ([]string, error) {
	h, err := hub.Open(address, password)
	if err != nil {
		return nil, err
	}
	defer h.Close()
	return h.Forget(ctx, days)
}

// Join makes a folder one of the hub's, and a new one where there is none. A folder that
// was put back from a backup, or lost, joins again under its name and gets its own journal
// back. No bench may work in it meanwhile.
func Join(ctx context.Context, dir string, j Joining) (Joined, error) {
	j.tell(StepAsk)
	h, err := hub.Open(j.Address, j.Password)
	if err != nil {
		return Joined{}, err
	}
	defer h.Close()
	about, err := h.About(ctx)
	if err != nil {
		return Joined{}, err
	}
	keys, err := h.Keys(ctx)
	if err != nil {
		return Joined{}, err
	}
	made := !folder.Exists(dir)
	if made {
		if err := newFolder(ctx, dir, keys, j); err != nil {
			return Joined{}, err
		}
	}
	to, err := joinWith(ctx, dir, h, about, keys, j)
	to.New = made
	return to, err
}

// newFolder makes a folder with the keys and the settings of the shop.
func newFolder(ctx context.Context, dir string, keys map[string][]byte, j Joining) error {
	if err := config.CheckStation(j.Station); err != nil {
		return fmt.Errorf("station %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	for _, name := range []string{hub.TraceKeys, badgeKey} {
		if keys[name] != nil {
			if err := os.WriteFile(filepath.Join(dir, name), keys[name], 0o600); err != nil {
				return err
			}
		}
	}
	if err := folder.Init(ctx, dir, false, j.Options); err != nil {
		return err
	}
	settings := config.NewShop()
	if keys[settingsKey] != nil {
		var err error
		if settings, err = config.Decode(keys[settingsKey]); err != nil {
			return fmt.Errorf("the settings that the hub has: %w", err)
		}
	}
	settings.Station = j.Station
	if j.Desk { // it supervises: orders are claimed ahead for those who pack
		settings.Hub.Ahead = 0
	}
	return config.Save(filepath.Join(dir, config.File), settings)
}

// joinWith brings a folder in that is there.
func joinWith(ctx context.Context, dir string, h *hub.Hub, about hub.About, keys map[string][]byte, j Joining) (Joined, error) {
	d, err := folder.Open(ctx, dir, j.Options)
	if err != nil {
		return Joined{}, err
	}
	defer func() { _ = d.Close() }()
	free, err := lockHub(dir, 0)
	if err != nil {
		return Joined{}, err
	}
	defer free()
	to := Joined{Station: j.Station}
	if to.Station == "" {
		to.Station = d.Settings.Station
	}
	if to.Station != d.Settings.Station {
		return to, fmt.Errorf("this folder is station %s: leave --station out, or name another folder with --data", d.Settings.Station)
	}
	others, err := workedHere(ctx, d, to.Station)
	if err != nil {
		return to, err
	}
	for _, s := range append(others, to.Station) {
		release, err := store.LockStation(dir, s)
		if err != nil {
			return to, err
		}
		defer release()
	}
	return to, bringIn(ctx, d, h, about, keys, j, &to)
}

// bringIn does the steps of it. Each may be done again after it failed.
func bringIn(ctx context.Context, d *folder.Folder, h *hub.Hub, about hub.About, keys map[string][]byte, j Joining, to *Joined) error {
	known, member, err := store.Known(d.Store.Member(ctx))
	if err != nil {
		return err
	}
	j.tell(StepLogin)
	m, login, err := enrol(ctx, d, h, about, keys, j, to)
	if err != nil {
		return err
	}
	address, err := loginAt(j.Address, login)
	if err != nil {
		return err
	}
	j.tell(StepFetch)
	if err := hub.Recover(ctx, d.Store, h, ownChains(m), follows(d)); err != nil {
		return err
	}
	if err := d.Store.BurnBlocks(ctx); err != nil {
		return err
	}
	if err := h.Jump(ctx, d.Store, member && known.Hub != about.ID); err != nil {
		return err
	}
	if to.Badges, err = takeKeys(ctx, d, keys); err != nil {
		return err
	}
	d.Settings.Hub.Address = address
	if err := config.Save(d.Path(config.File), d.Settings); err != nil {
		return err
	}
	if err := d.RememberSettings(ctx); err != nil {
		return err
	}
	if err := d.Store.Share(ctx, m); err != nil {
		return err
	}
	// As the station's own login: what it may not do shows now.
	x, _, err := exchange(ctx, d, j.Env)
	if err != nil {
		return err
	}
	defer x.Close()
	j.tell(StepTell)
	return x.Round(ctx)
}

// enrol makes the folder's login, and says what it belongs to from then on.
func enrol(ctx context.Context, d *folder.Folder, h *hub.Hub, about hub.About, keys map[string][]byte, j Joining, to *Joined) (m store.Membership, login string, err error) {
	known, member, err := store.Known(d.Store.Member(ctx))
	if err != nil {
		return m, "", err
	}
	// A hub that was lost is made anew: its folders join it again, the first with the keys of
	// the shop. One with other keys is another shop's.
	if member && known.Hub != about.ID && keys[saltKey] != nil && !bytes.Equal(keys[saltKey], d.Salt) {
		return m, "", &hub.Trouble{Kind: hub.OtherHub}
	}
	m = store.Membership{Hub: about.ID, Station: to.Station, Before: known.Before}
	if !member {
		if m.Before, err = workedHere(ctx, d, to.Station); err != nil {
			return m, "", err
		}
	}
	if !j.Replace {
		if err := h.Vacant(ctx, to.Station, known); err != nil {
			return m, "", err
		}
	}
	head, err := d.Store.Head(ctx, to.Station)
	if err != nil {
		return m, "", err
	}
	takes := ""
	if head.Seq == 0 {
		takes = to.Station
	}
	login, password, err := h.Enrol(ctx, to.Station, j.Desk, takes, ownChains(m)...)
	if err != nil {
		return m, "", err
	}
	if !member {
		head, err := d.Store.Head(ctx, cases.DeskAlone)
		if err != nil {
			return m, "", err
		}
		if head.Seq > 0 && h.Adopt(ctx, cases.DeskAlone, login) == nil {
			m.Before = append(m.Before, cases.DeskAlone)
		} else {
			to.DeskRows = head.Seq
		}
		if head, err = d.Store.Head(ctx, cases.CarriersAlone); err != nil {
			return m, "", err
		}
		if head.Seq > 0 && h.Adopt(ctx, cases.CarriersAlone, login) == nil {
			m.Before = append(m.Before, cases.CarriersAlone)
		}
	}
	return m, login, secretOf(d.Dir, j.Env).Keep(password)
}

// workedHere are the other stations that worked in this folder before: it is they that are
// told from here.
func workedHere(ctx context.Context, d *folder.Folder, station string) (others []string, err error) {
	writers, err := d.Store.Writers(ctx)
	for _, w := range writers {
		if w != station && cases.IsBench(w) {
			others = append(others, w)
		}
	}
	return others, err
}

// loginAt is the address with the folder's own login and without a password.
func loginAt(address, login string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", errors.New("the address of the hub should look like postgres://name@computer/database")
	}
	u.User = url.User(login)
	q := u.Query()
	q.Del("user")
	q.Del("password")
	q.Del("passfile")
	u.RawQuery = q.Encode()
	return u.String(), nil
}

func secretOf(dir string, env func(string) string) secret.Place {
	return secret.Of(dir, "hub", "login", env)
}

// takeKeys makes the keys of the hub those of the folder, so that each badge and trace code
// is read at every bench. It returns how many people's badges cannot be read any more.
func takeKeys(ctx context.Context, d *folder.Folder, keys map[string][]byte) (lost int, err error) {
	salt, badge := keys[saltKey], keys[badgeKey]
	if salt == nil || badge == nil {
		return 0, nil // this is the first folder: its keys are those of the shop
	}
	mine, err := d.Store.Setting(ctx, folder.BadgeSalt)
	if err != nil {
		return 0, err
	}
	had, err := os.ReadFile(d.Path(badgeKey))
	if err == nil && string(had) == string(badge) && string(mine) == string(salt) {
		return 0, nil
	}
	ring, err := trace.ParseKeys(string(badge))
	if err != nil {
		return 0, err
	}
	key, err := ring.Signing()
	if err != nil {
		return 0, err
	}
	people, err := d.Store.People(ctx)
	if err != nil {
		return 0, err
	}
	for _, p := range people {
		if p.Badge != "" {
			lost++
		}
	}
	if err := trace.Save(d.Path(badgeKey), ring); err != nil {
		return 0, err
	}
	if err := d.Store.PutSetting(ctx, folder.BadgeSalt, salt); err != nil {
		return 0, err
	}
	return lost, d.Store.PutSetting(ctx, folder.BadgeKeySetting, []byte(key.ID()))
}

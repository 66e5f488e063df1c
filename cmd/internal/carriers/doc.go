// Package carriers buys labels on the accounts of a shop, each once, beside the rate
// cards of the shop itself (C1, C2, C4, C5).
//
// [Carriers] is what effects call the carrier of a bench: a price is asked of every
// account at once, for a limited time, and stands beside those of the cards; a label is
// bought where its service belongs. A purchase has a row in the store before anybody is
// called, with the reference that the carrier will know it by. Until the answer is kept
// the row says that the call was made: whoever finds it so asks the carrier what became
// of it, and calls nobody again before that is known.
//
// It must not know a kind of account, see package kinds, nor draw, print or decide what
// the machine of the bench decides. No name, address or key is logged.
package carriers

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"packbench/cmd/internal/carriers/kinds"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/secret"
	"packbench/cmd/internal/papers"
	"packbench/cmd/internal/rating"
	"packbench/station/carrier/account"
	"packbench/station/store"
	"packbench/station/web"
)

// Carriers are the accounts of a data folder, as one station uses them.
type Carriers struct {
	*folder.Folder
	Kinds []kinds.Kind
	Do    web.Doer         // asks; nil is the network
	Buyer web.Doer         // buys; nil is the network
	Time  func() time.Time // the world's: a bench that plays a script has a clock of its own
	Env   func(string) string

	Station string // whose bench it is

	own    effects.Carrier // the shop's rate cards and number ranges
	rating rating.Reader
	papers papers.Papers

	mu      sync.Mutex
	clients map[string]client // by account
	silent  map[string]silence
}

// client is an account's, as long as what it was made of stays.
type client struct {
	account.Account
	of string
}

// New returns the accounts of a folder beside what the shop numbers itself.
func New(f *folder.Folder, station string, own effects.Carrier) *Carriers {
	return &Carriers{
		Folder: f, Kinds: append(kinds.All(), kinds.Following()...), Do: web.NewHTTP(), Buyer: web.NewBuyer(), Time: time.Now, Env: os.Getenv,
		Station: station, own: own, rating: rating.NewReader(f), papers: papers.New(f),
		clients: map[string]client{}, silent: map[string]silence{},
	}
}

// kind finds a kind by its id.
func (c *Carriers) kind(id string) (kinds.Kind, error) {
	i := slices.IndexFunc(c.Kinds, func(k kinds.Kind) bool { return k.ID == id })
	if i >= 0 {
		return c.Kinds[i], nil
	}
	var all []string
	for _, k := range c.Kinds {
		all = append(all, k.ID)
	}
	return kinds.Kind{}, fmt.Errorf("there is no kind of account %q; there are %s", id, strings.Join(all, ", "))
}

var goodID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,30}$`)

// Sample is the setting of an account that buys samples only, which take no parcel
// anywhere.
const Sample = "sample"

// place is where the key of an account lies.
func (c *Carriers) place(id string) secret.Place { return secret.Of(c.Dir, "carrier", id, c.Env) }

// Add adds an account, or changes one. An empty secret leaves the one that is there.
func (c *Carriers) Add(ctx context.Context, of store.Account, secret string) error {
	if !goodID.MatchString(of.ID) {
		return errors.New("the id of an account has letters, digits and hyphens, 31 at most")
	}
	k, err := c.kind(of.Kind)
	if err != nil {
		return err
	}
	if of.URL != "" && !web.Private(of.URL) {
		return errors.New("the address of an account begins with https://, so that nobody on the way reads its key, and has no key in it")
	}
	for key := range of.Options {
		if key != Sample && !slices.ContainsFunc(k.Set, func(s kinds.Setting) bool { return s.Key == key }) {
			return fmt.Errorf("%s has no setting %q", k.Name, key)
		}
	}
	for _, s := range k.Set {
		if s.Needed && of.Options[s.Key] == "" {
			return fmt.Errorf("%s needs the setting %s: %s", k.Name, s.Key, s.Help)
		}
	}
	secret = strings.TrimSpace(secret)
	given := secret != ""
	if !given {
		if secret, err = c.secret(of.ID); err != nil {
			return err
		}
	}
	if _, err := c.client(k, of, secret); err != nil {
		return err
	}
	of.Since = c.Time()
	before, err := c.before(ctx, of)
	if err != nil {
		return err
	}
	if before.ID != "" {
		of.Since, of.Off = before.Since, before.Off
	}
	if given {
		if err := c.place(of.ID).Keep(secret); err != nil {
			return err
		}
	}
	return c.Store.PutAccount(ctx, of)
}

// before returns an account as it is, nothing for a new one. One that labels may have been
// bought on stays what it is: they are asked after, and given back, where they were bought.
func (c *Carriers) before(ctx context.Context, of store.Account) (before store.Account, err error) {
	all, err := c.Store.Accounts(ctx)
	if err != nil {
		return before, err
	}
	for _, a := range all {
		switch {
		case a.ID == of.ID && a.Kind != of.Kind:
			return before, fmt.Errorf("account %s is one of %s already: give the new one another id", a.ID, a.Kind)
		case a.ID == of.ID:
			before = a
		case strings.EqualFold(a.ID, of.ID): // their keys would share a file, and a variable
			return before, fmt.Errorf("there is an account %s: give the new one another id", a.ID)
		}
	}
	return before, nil
}

func (c *Carriers) secret(id string) (string, error) {
	place := c.place(id)
	key, err := place.Read()
	if errors.Is(err, secret.ErrMissing) {
		return "", fmt.Errorf("the key of account %s is missing: enter it, or set %s", id, place.Variable)
	}
	if err != nil {
		return "", fmt.Errorf("the key of account %s: %w", id, err)
	}
	return key, nil
}

// Off has nobody buy on an account until a time; the zero time ends that.
func (c *Carriers) Off(ctx context.Context, id string, until time.Time) error {
	of, err := c.account(ctx, id)
	if err != nil {
		return err
	}
	of.Off = until
	return c.Store.PutAccount(ctx, of)
}

func (c *Carriers) account(ctx context.Context, id string) (store.Account, error) {
	of, err := c.Store.Account(ctx, id)
	if errors.Is(err, store.ErrUnknown) {
		err = fmt.Errorf("there is no account %s; packctl carrier status lists them", id)
	}
	return of, err
}

// Sells reports whether labels can be bought on an account, and not only parcels followed.
func (c *Carriers) Sells(of store.Account) bool {
	k, err := c.kind(of.Kind)
	return err != nil || !k.Follows
}

// connect returns the client of an account.
func (c *Carriers) connect(of store.Account) (account.Account, error) {
	k, err := c.kind(of.Kind)
	if err != nil {
		return nil, err
	}
	secret, err := c.secret(of.ID)
	if err != nil {
		return nil, err
	}
	return c.client(k, of, secret)
}

func (c *Carriers) client(k kinds.Kind, of store.Account, secret string) (account.Account, error) {
	made := fmt.Sprintf("%q %q %q %q", k.ID, of.URL, secret, of.Options) // %q of a map is in the order of its keys
	c.mu.Lock()
	defer c.mu.Unlock()
	if known, ok := c.clients[of.ID]; ok && known.of == made {
		return known.Account, nil
	}
	base := strings.TrimRight(of.URL, "/")
	if base == "" {
		base = k.URL
	}
	built, err := k.New(account.Options{
		ID: of.ID, URL: base, Secret: secret, Set: of.Options, Do: c.Do, Buy: c.Buyer, Clock: c.Time, Zone: c.Location(),
	})
	if err != nil {
		return nil, fmt.Errorf("account %s: %w", of.ID, err)
	}
	c.clients[of.ID] = client{built, made}
	return built, nil
}

// Package shops keeps a bench and its shops the same: what customers order comes in,
// what has left is told, once (O1 to O4).
//
// Orders come by [Shops.Pull], which reads what changed since the cursor in the store
// and keeps the cursor only after the orders, so that a page which comes twice, late or
// out of order changes nothing. Shipments go by [Shops.Push] out of the outbox in the
// store, which the journal fills: an entry is unknown from before it is sent until its
// answer is kept, and a shop is always asked what it knows before it is told anything.
// [Shops.Fresh] asks for one order before it is opened and before its label is bought.
//
// [Shops.Run] does all of it for as long as a bench works, or packctl sync; a lease per
// shop sees to it that one program does, however many there are. That nothing goes out
// twice does not rest on the lease but on the entry in the store.
//
// It must not know a kind of shop, see package kinds, nor draw, print or decide what the
// machine of the bench decides. No name or address is logged.
package shops

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/secret"
	"packbench/cmd/internal/goods"
	"packbench/cmd/internal/shops/kinds"
	"packbench/station/shop"
	"packbench/station/store"
	"packbench/station/web"
)

// Shops are those of a data folder.
type Shops struct {
	*folder.Folder
	Kinds []Kind
	Do    shop.Doer        // nil: the network
	Time  func() time.Time // the world's: a bench that plays a script has a clock of its own

	mu      sync.Mutex
	clients map[string]client    // by shop
	silent  map[string]time.Time // by shop: when it did not answer in time
}

// client is a shop's, as long as what it was made of stays: it remembers what it found
// out about its shop.
type client struct {
	shop.Shop
	of string
}

// New returns the shops of a folder, of every kind that there is.
func New(f *folder.Folder) *Shops {
	return &Shops{Folder: f, Kinds: kinds.All(), Do: web.NewHTTP(), Time: time.Now}
}

// Kind is a kind of shop, Setting something that one has to be told.
type (
	Kind    = kinds.Kind
	Setting = kinds.Setting
)

// kind finds a kind by its id.
func (s *Shops) kind(id string) (Kind, error) {
	for _, k := range s.Kinds {
		if k.ID == id {
			return k, nil
		}
	}
	var all []string
	for _, k := range s.Kinds {
		all = append(all, k.ID)
	}
	return Kind{}, fmt.Errorf("there is no kind of shop %q; there are %s", id, strings.Join(all, ", "))
}

// NeedsKey reports whether a kind of shop has a key. One that there is not is told by Add.
func (s *Shops) NeedsKey(kind string) bool {
	k, err := s.kind(kind)
	return err == nil && k.Secret != ""
}

var goodID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,30}$`)

// place is where the key of a shop lies.
func (s *Shops) place(id string) secret.Place { return secret.Of(s.Dir, "shop", id, nil) }

// Add adds a shop, or changes one. An empty secret leaves the one that is there. Orders
// that it had from files under its id stay; parcels that were closed before are not told.
func (s *Shops) Add(ctx context.Context, of store.Shop, secret string) error {
	if !goodID.MatchString(of.ID) {
		return errors.New("the id of a shop has letters, digits and hyphens, 31 at most")
	}
	k, err := s.kind(of.Kind)
	if err != nil {
		return err
	}
	known := slices.Collect(maps.Keys(of.Options))
	for _, set := range k.Set {
		if set.Needed && of.Options[set.Key] == "" {
			return fmt.Errorf("%s needs the setting %s: %s", k.Name, set.Key, set.Help)
		}
		known = slices.DeleteFunc(known, func(key string) bool { return key == set.Key })
	}
	known = slices.DeleteFunc(known, func(key string) bool {
		return key == "every" || key == "notify" || strings.HasPrefix(key, carrierOption)
	})
	if len(known) > 0 {
		slices.Sort(known)
		return fmt.Errorf("%s has no setting %q", k.Name, known[0])
	}
	secret = strings.TrimSpace(secret)
	if secret == "" {
		if secret, err = s.secret(k, of.ID); err != nil {
			return err
		}
	}
	if _, err := s.client(k, of, secret); err != nil {
		return err
	}
	if before, known, err := store.Known(s.Store.Shop(ctx, of.ID)); err != nil {
		return err
	} else if known {
		of.Since = before.Since
	} else {
		of.Since = s.Time()
	}
	if k.Secret != "" {
		if err := s.place(of.ID).Keep(secret); err != nil {
			return err
		}
	}
	if err := s.Store.CatchUp(ctx); err != nil { // what was closed until now is not told
		return err
	}
	return s.Store.PutShop(ctx, of)
}

// secret reads the key of a shop, where its kind has one.
func (s *Shops) secret(k Kind, id string) (string, error) {
	if k.Secret == "" {
		return "", nil
	}
	key, err := s.place(id).Read()
	if errors.Is(err, secret.ErrMissing) {
		return "", fmt.Errorf("the key of shop %s is missing: enter it", id)
	}
	if err != nil {
		return "", fmt.Errorf("the key of shop %s: %w", id, err)
	}
	return key, nil
}

// Pause stops a shop, or lets it go on.
func (s *Shops) Pause(ctx context.Context, id string, paused bool) error {
	of, err := s.shop(ctx, id)
	if err != nil {
		return err
	}
	of.Paused = paused
	return s.Store.PutShop(ctx, of)
}

func (s *Shops) shop(ctx context.Context, id string) (store.Shop, error) {
	of, err := s.Store.Shop(ctx, id)
	if errors.Is(err, store.ErrUnknown) {
		err = fmt.Errorf("there is no shop %s; packctl shop status lists them", id)
	}
	return of, err
}

// connect returns the client of a shop.
func (s *Shops) connect(of store.Shop) (shop.Shop, error) {
	k, err := s.kind(of.Kind)
	if err != nil {
		return nil, err
	}
	secret, err := s.secret(k, of.ID)
	if err != nil {
		return nil, err
	}
	return s.client(k, of, secret)
}

func (s *Shops) client(k Kind, of store.Shop, secret string) (shop.Shop, error) {
	made := fmt.Sprintf("%q %q %q %q", k.ID, of.URL, secret, of.Options) // %q of a map is in the order of its keys
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.clients[of.ID]; ok && c.of == made {
		return c.Shop, nil
	}
	c, err := k.New(shop.Options{
		ID: of.ID, URL: strings.TrimRight(of.URL, "/"), Secret: secret, Set: of.Options, Do: s.Do, Clock: s.Time,
		Product: func(ctx context.Context, word string) (string, error) { return goods.Named(ctx, s.Store, word) },
		Columns: s.columns,
	})
	if err != nil {
		return nil, fmt.Errorf("shop %s: %w", of.ID, err)
	}
	if s.clients == nil {
		s.clients = map[string]client{}
	}
	s.clients[of.ID] = client{c, made}
	return c, nil
}

// Test tries what a shop's interface has to do, and changes nothing there.
func (s *Shops) Test(ctx context.Context, id string) ([]shop.Check, error) {
	of, err := s.shop(ctx, id)
	if err != nil {
		return nil, err
	}
	c, err := s.connect(of)
	if err != nil {
		return nil, err
	}
	return c.Test(ctx)
}

// every is how long to wait between two looks for orders.
func every(of store.Shop) time.Duration {
	d, err := time.ParseDuration(of.Options["every"])
	if err != nil {
		return 30 * time.Second
	}
	return min(max(d, 5*time.Second), time.Hour)
}

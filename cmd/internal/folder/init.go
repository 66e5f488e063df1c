package folder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"packbench/station/config"
	"packbench/station/intake"
	"packbench/station/store"
)

// delivered is the record that a printer keeps beside the folder of documents.
const delivered = "." + DocumentsDir + ".delivered"

// Init makes a data folder. With demo it is filled with the sample shop, whose
// dates lie around today. A folder that holds a bench is left alone.
func Init(ctx context.Context, dir string, demo bool, o Options) error {
	if Exists(dir) {
		return fmt.Errorf("%s holds a bench already", dir)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	settings := config.NewShop()
	var shop intake.Shop
	if demo {
		now := o.Now()
		var err error
		if shop, err = intake.Sample(now); err != nil {
			return err
		}
		if settings, err = config.Decode(shop.Settings); err != nil {
			return err
		}
	}
	// The settings are written last: a folder with settings is a whole one.
	d, err := openWith(ctx, dir, settings, false, o)
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	if demo {
		if err := d.fill(ctx, shop); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(d.DocumentsDir(), 0o700); err != nil {
		return err
	}
	// Nothing was ever delivered there: only now can the printer's record of it begin.
	if err := os.WriteFile(filepath.Join(dir, delivered), nil, 0o600); err != nil {
		return err
	}
	return config.Save(filepath.Join(dir, config.File), settings)
}

// fill puts the sample shop into an empty database.
func (f *Folder) fill(ctx context.Context, shop intake.Shop) error {
	if _, err := f.Store.PutProducts(ctx, shop.Products); err != nil {
		return err
	}
	if _, err := f.Store.PutCartons(ctx, shop.Cartons); err != nil {
		return err
	}
	if _, err := f.Store.PutPeople(ctx, f.Members(shop.People)); err != nil {
		return err
	}
	if _, err := f.Store.PutOrders(ctx, shop.Orders); err != nil {
		return err
	}
	_, err := f.Store.PutRates(ctx, []store.Rate{{Name: "sample", Body: shop.Rates}})
	return err
}

// Members are people as the database holds them: the badge's code is hashed
// here and goes no further.
func (f *Folder) Members(list []intake.Badged) []store.Member {
	out, hash := make([]store.Member, len(list)), f.BadgeHasher()
	for i, p := range list {
		out[i] = store.Member{Person: p.Person, Badge: hash(p.Badge)}
	}
	return out
}

// PersonByBadge finds whose badge a code is; nil for nobody's.
func (f *Folder) PersonByBadge(ctx context.Context, code string) (*store.Member, error) {
	hash := f.BadgeHasher()(code)
	p, known, err := store.Known(f.Store.PersonByBadge(ctx, hash))
	if err != nil || !known {
		return nil, err
	}
	return &store.Member{Person: p, Badge: hash}, nil
}

// CheckDir says in words that a data folder is no folder.
func CheckDir(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &NotInitialised{Dir: dir}
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder", dir)
	}
	return nil
}

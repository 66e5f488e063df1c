package port

import (
	"errors"
	"fmt"
	"slices"

	"golang.org/x/sys/windows/registry"
)

// List gives the names of the serial ports that are plugged in now.
func List() ([]string, error) {
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, `HARDWARE\DEVICEMAP\SERIALCOMM`, registry.QUERY_VALUE)
	if errors.Is(err, registry.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list ports: %w", err)
	}
	defer key.Close()
	values, err := key.ReadValueNames(0)
	if err != nil {
		return nil, fmt.Errorf("list ports: %w", err)
	}
	var names []string
	for _, value := range values {
		if name, _, err := key.GetStringValue(value); err == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

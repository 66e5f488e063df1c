package folder

import (
	"fmt"

	"packbench/station/shift"
)

// ShiftPlan is the shifts of a day, as the settings name them.
func (f *Folder) ShiftPlan() (plan shift.Plan, err error) {
	for _, s := range f.Settings.Shifts {
		hours, err := shift.ParseHours(s.From + "-" + s.To)
		if err != nil {
			return nil, fmt.Errorf("shift %s in the settings: %w", s.Name, err)
		}
		plan = append(plan, hours)
	}
	return plan, nil
}

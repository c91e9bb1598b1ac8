cd /tmp/wt/b; timeout 280 npm --prefix ui run --silent check 2>&1 | tail -15; timeout 200 npm --prefix ui run --silent lint 2>&1 | tail -30

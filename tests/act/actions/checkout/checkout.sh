# A branch is checked out with its upstream, a pull request as the merge that the host made of it.
set -euo pipefail
wanted=${WANTED:-$GITHUB_REF}
branch=${wanted#refs/heads/}
depth=()
refs=("+refs/heads/*:refs/remotes/origin/*")
if [ "$DEPTH" != 0 ]; then
  depth=(--depth "$DEPTH")
  refs=("+refs/heads/$branch:refs/remotes/origin/$branch")
fi
git init --quiet --initial-branch=unborn .
git remote add origin "file://$STAND_IN_REMOTE"
case $wanted in
  refs/pull/*)
    [ "$DEPTH" = 0 ] || refs=()
    git fetch --quiet "${depth[@]}" origin "${refs[@]}" "+$wanted:refs/remotes/${wanted#refs/}"
    git checkout --quiet --detach "refs/remotes/${wanted#refs/}"
    ;;
  *)
    git fetch --quiet "${depth[@]}" origin "${refs[@]}"
    git checkout --quiet -B "$branch" "refs/remotes/origin/$branch"
    ;;
esac
if [ "$PERSIST" != true ]; then
  git remote set-url --push origin "file://$STAND_IN_REMOTE/no-credentials"
fi
git --no-pager log -1 --format='checked out %h %s'
